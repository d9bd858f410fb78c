import { mountPage } from '../../components/mount-page';
import { TokenDemo } from '../../components/TokenDemo';

void mountPage(<TokenDemo />, 'tokenDemo');
