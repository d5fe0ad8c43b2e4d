import { config } from 'zod';

/** Must be imported before any schema is made: the content security policy forbids code made from text. */
config({ jitless: true });
