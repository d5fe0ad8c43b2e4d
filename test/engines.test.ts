import { readFileSync } from 'node:fs';
import semver from 'semver';
import { expect, it } from 'vitest';

interface Locked {
  version?: string;
  engines?: { node?: string };
  optional?: boolean;
}

it('every locked package runs on Node 20.19', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, Locked>;
  };
  const refused = Object.entries(packages)
    .filter(
      ([, { engines, optional }]) => engines?.node && !optional && !semver.satisfies('20.19.0', engines.node),
    )
    .map(([name, { version, engines }]) => `${name}@${version} wants ${engines?.node}`);
  expect(Object.keys(packages).length).toBeGreaterThan(100);
  expect(refused).toEqual([]);
});
