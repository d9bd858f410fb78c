import { AuthScreen, mountPage } from 'wxt-clerk/ui';

void mountPage(<AuthScreen />);
