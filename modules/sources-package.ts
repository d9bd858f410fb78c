export { default } from '../packages/wxt-clerk/src/module/sources-package';
