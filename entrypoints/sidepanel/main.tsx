import { AuthScreen, mountPage } from 'wxt-clerk/ui';
import { Home } from '../../components/Home';

void mountPage(
  <AuthScreen>
    <Home />
  </AuthScreen>,
);
