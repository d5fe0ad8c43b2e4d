import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchPath, parseAddress, writeAddress } from '../../../web/src/router/match.ts';

describe('addresses', () => {
  it.each([
    ['', '/', {}],
    ['#', '/', {}],
    ['#/', '/', {}],
    ['#/experiments/7?tab=plan&q=a%20b', '/experiments/7', { tab: 'plan', q: 'a b' }],
    ['#/sign-in?code=en_a-b_c', '/sign-in', { code: 'en_a-b_c' }],
    ['#//portfolio/', '/portfolio', {}],
  ])('%s', (hash, path, query) => {
    expect(parseAddress(hash)).toEqual({ path, query });
  });

  it('come back as they were written, empty values left out', () => {
    expect(writeAddress({ path: '/a', query: { x: '', y: 'ñ&=?' } })).toBe('#/a?y=%C3%B1%26%3D%3F');
    const query = fc.dictionary(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }));
    fc.assert(
      fc.property(query, (given) => {
        expect(parseAddress(writeAddress({ path: '/a/b', query: given }))).toEqual({
          path: '/a/b',
          query: { ...given },
        });
      }),
    );
  });
});

describe('paths', () => {
  it.each([
    ['/', '/', {}],
    ['/models/:id', '/models/ab%2Fc', { id: 'ab/c' }],
    ['/exports/batches/:id', '/exports/batches/1', { id: '1' }],
    ['/exports/:id', '/exports/batches/1', null],
    ['/models', '/models/1', null],
    ['/models/:id', '/models', null],
    ['/models/:id', '/models/%zz', { id: '%zz' }],
  ])('%s against %s', (pattern, path, params) => {
    expect(matchPath(pattern, path)).toEqual(params);
  });
});
