import { it } from 'vitest';
import { expectResumed } from '../../support/children/killed-load.ts';

it.each(['check', 'publish'])(
  'killed at "%s", the load ends once, with nothing lost or doubled',
  expectResumed,
);
