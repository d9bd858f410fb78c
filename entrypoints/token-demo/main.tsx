import { mountPage } from 'wxt-clerk/ui';
import { localized } from '../../utils/localized';
import { TokenDemo } from './TokenDemo';

void mountPage(<TokenDemo />, localized('tokenDemo'));
