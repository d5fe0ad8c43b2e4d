import fc from 'fast-check';

/** Properties are tried on the same cases each time; a failure is told with its path. */
fc.configureGlobal({ seed: 20_261_122 });
