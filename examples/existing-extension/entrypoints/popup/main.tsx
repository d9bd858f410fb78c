import { createRoot } from 'react-dom/client';
import { AuthScreen } from 'wxt-clerk/ui';
import { ReadingList } from './ReadingList';

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <AuthScreen>
      <ReadingList />
    </AuthScreen>,
  );
