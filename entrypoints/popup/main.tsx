import { AuthScreen } from '../../packages/wxt-clerk/src/ui/AuthScreen';
import { mountPage } from '../../packages/wxt-clerk/src/ui/mount-page';

void mountPage(<AuthScreen place="popup" />);
