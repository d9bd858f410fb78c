import { AuthScreen } from '../../components/AuthScreen';
import { mountPage } from '../../components/mount-page';

mountPage(<AuthScreen place="panel" />);
