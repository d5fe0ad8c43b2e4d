import { register } from 'tsx/esm/api';

// A process cannot start from a .ts file under Node 20: it starts here and then imports it.
register();
await import('./child.ts');
