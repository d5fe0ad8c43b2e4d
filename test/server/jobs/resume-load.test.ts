import { it } from 'vitest';
import { expectResumed } from '../../support/children/killed-load.ts';

it.each(['stage', 'before the commit', 'after the end'])(
  'killed at "%s", the load ends once, with nothing lost or doubled',
  expectResumed,
);
