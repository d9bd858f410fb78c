export { extensionIdOfFolder, extensionIdOfKey } from 'wxt-clerk/build';
