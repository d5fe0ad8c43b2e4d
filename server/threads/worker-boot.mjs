import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

// A worker cannot start from a .ts file under Node 20: it starts here and then imports it.
register();
await import(workerData.file);
