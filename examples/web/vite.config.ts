import { defineConfig } from 'vite';

// The address is the one that an extension with a development key looks at, whatever the port.
export default defineConfig({ server: { host: 'localhost', port: 5173, strictPort: true } });
