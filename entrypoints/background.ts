import { defineBackground } from '#imports';
import { startClerk } from 'wxt-clerk/background';
import { messages } from '../utils/messages';

export default defineBackground(() => {
  startClerk({ messages, ownsChannel: true });
});
