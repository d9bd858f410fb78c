import { startClerk } from 'wxt-clerk/background';
import { defineBackground } from '#imports';
import { messages } from '../utils/messages';

export default defineBackground(() => {
  startClerk({ messages, ownsChannel: true });
});
