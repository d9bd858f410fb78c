import { Show } from 'wxt-clerk/react';
import { AuthScreen, mountPage } from 'wxt-clerk/ui';

// Another screen for who is signed in, so that the first one goes in the middle of the sign-in.
void mountPage(
  <>
    <Show when="signed-out">
      <AuthScreen />
    </Show>
    <Show when="signed-in">
      <AuthScreen />
    </Show>
  </>,
);
