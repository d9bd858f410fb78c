import { mountPage } from '../../packages/wxt-clerk/src/ui/mount-page';
import { TokenDemo } from './TokenDemo';

void mountPage(<TokenDemo />, 'tokenDemo');
