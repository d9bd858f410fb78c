import { AuthScreen } from '../../components/AuthScreen';
import { mountPage } from '../../components/mount-page';

void mountPage(<AuthScreen place="popup" />);
