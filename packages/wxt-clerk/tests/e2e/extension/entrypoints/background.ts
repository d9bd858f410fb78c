import { startClerk } from 'wxt-clerk/background';
import { defineBackground } from '#imports';

export default defineBackground(() => {
  // Whatever is not exactly one of the core's messages is answered, so that the tests see how.
  startClerk({ ownsChannel: true });
});
