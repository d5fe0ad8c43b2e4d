import { readFileSync } from 'node:fs';
import { cruise, type ICruiseResult, type IDependency } from 'dependency-cruiser';
import { beforeAll, describe, expect, it } from 'vitest';

/** Who may import whom, room by room; a room may always import itself. */
const mayImport: Record<string, readonly string[]> = {
  core: [],
  models: ['core'],
  data: ['core'],
  'server/engine': ['core'],
  'server/store': ['core', 'models', 'data', 'server/engine', 'server/threads'],
  'server/threads': ['core', 'models'],
  'server/sources': ['core', 'data', 'server/engine', 'server/store', 'server/threads'],
  'server/destinations': ['core', 'server/engine', 'server/store', 'server/threads'],
  'server/explore': ['core', 'server/engine', 'server/store'],
  'server/jobs': [
    'core',
    'models',
    'data',
    'server/threads',
    'server/engine',
    'server/store',
    'server/sources',
    'server/destinations',
    'server/explore',
  ],
  'server/http': ['core', 'server/engine', 'server/store', 'server/jobs'],
  'server/routes': [
    'core',
    'models',
    'data',
    'server/engine',
    'server/store',
    'server/sources',
    'server/destinations',
    'server/explore',
    'server/jobs',
    'server/http',
  ],
  'server/cli': ['core', 'server/engine', 'server/store', 'server/jobs', 'server/http', 'server'],
  server: [
    'core',
    'models',
    'data',
    'server/engine',
    'server/store',
    'server/explore',
    'server/jobs',
    'server/http',
    'server/routes',
  ],
  web: ['core'],
};

/** Passed down to every room of the server: what the environment says, what is open, what was found. */
const shared = new Set(['server/config.ts', 'server/context.ts', 'server/registry.ts']);

/** Packages a pure room may use: no Node, no page, no clock. */
const purePackages = /^(zod|intl-messageformat|@noble\/hashes|@stdlib\/|simple-statistics|ml-kmeans)/;
/** The one place of a pure room that opens a library with backends of its own. */
const tensorRoom = /^models\/network\//;
const notAllowedInPure =
  /(?<![\w-])(Date\.now|new Date\(\)|Math\.random|process\.|performance\.|setTimeout|document\.|window\.)/;

const rooms = Object.keys(mayImport).sort((a, b) => b.length - a.length);
const roomOf = (path: string): string | undefined => rooms.find((room) => path.startsWith(`${room}/`));

let modules: ICruiseResult['modules'] = [];

beforeAll(async () => {
  const result = await cruise(['core', 'models', 'data', 'server', 'web/src'], {
    exclude: { path: '^web/dist' },
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.svelte', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'import', 'node', 'default', 'types'],
    },
  });
  modules = (result.output as ICruiseResult).modules.filter(({ source }) => roomOf(source));
}, 60_000);

const isTypeOnly = (types: readonly string[]) => types.includes('type-only');
/** A cycle of which no edge is a mere type: those vanish before anything runs. */
const isRealCycle = ({ circular, cycle, dependencyTypes }: IDependency) =>
  circular && !isTypeOnly(dependencyTypes) && !(cycle ?? []).some((edge) => isTypeOnly(edge.dependencyTypes));

const reads = (dependency: IDependency) => dependency.resolved;

describe('who may import whom', () => {
  it('saw the modules of every room', () => {
    const seen = new Set(modules.map(({ source }) => roomOf(source)));
    expect([...seen].sort()).toEqual([...rooms].sort());
    expect(modules.length).toBeGreaterThan(100);
  });

  it('holds for every import', () => {
    const broken = modules.flatMap(({ source, dependencies }) => {
      const from = roomOf(source) as string;
      return dependencies
        .map(reads)
        .filter((target) => {
          const to = roomOf(target);
          if (!to || to === from || shared.has(target)) return false;
          return !mayImport[from]?.includes(to);
        })
        .map((target) => `${source} -> ${target}`);
    });
    expect(broken).toEqual([]);
  });

  it('every import resolves and none is circular', () => {
    const broken = modules.flatMap(({ source, dependencies }) =>
      dependencies
        .filter((dependency) => dependency.couldNotResolve || isRealCycle(dependency))
        .map(({ module }) => `${source} -> ${module}`),
    );
    expect(broken).toEqual([]);
  });

  it('nobody imports a test or a notebook', () => {
    const broken = modules.flatMap(({ source, dependencies }) =>
      dependencies
        .map(reads)
        .filter((target) => /^(test|notebooks)\//.test(target))
        .map((target) => `${source} -> ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it('plug-ins never import each other', () => {
    const folders =
      /^(core\/features|core\/contact\/rules|core\/contact\/jurisdictions|core\/portfolio\/quality\/checks|core\/experiment\/statistics|core\/portfolio\/kpis|core\/message\/styles|models\/learners|server\/sources|server\/destinations|data\/recipes)\/[^/]+\.ts$/;
    const isPlugIn = (path: string) =>
      folders.test(path) && /^export default/m.test(readFileSync(path, 'utf8'));
    const plugIns = modules.filter(({ source }) => isPlugIn(source));
    expect(plugIns.length).toBeGreaterThan(10);
    const broken = plugIns.flatMap(({ source, dependencies }) =>
      dependencies
        .map(reads)
        .filter((target) => target !== source && isPlugIn(target))
        .map((target) => `${source} -> ${target}`),
    );
    expect(broken).toEqual([]);
  });
});

describe('pure rooms', () => {
  it('use only pure packages', () => {
    const broken = modules
      .filter(({ source }) => /^(core|models|data)\//.test(source))
      .flatMap(({ source, dependencies }) =>
        dependencies
          .filter(
            ({ resolved, dependencyTypes }) =>
              dependencyTypes.includes('core') || resolved.includes('node_modules'),
          )
          .filter(({ module }) => !purePackages.test(module))
          .filter(({ module }) => !(tensorRoom.test(source) && module.startsWith('@tensorflow/')))
          .map(({ module }) => `${source} -> ${module}`),
      );
    expect(broken.filter((line) => !line.startsWith('data/'))).toEqual([]);
  });

  it('reach for no clock, chance or surroundings', () => {
    const broken = modules
      .map(({ source }) => source)
      .filter((source) => /^(core|models)\//.test(source))
      .filter((source) => notAllowedInPure.test(withoutComments(readFileSync(source, 'utf8'))));
    expect(broken).toEqual([]);
  });

  it('only config.ts reads the environment', () => {
    const broken = modules
      .map(({ source }) => source)
      .filter((source) => source !== 'server/config.ts' && source.startsWith('server/'))
      .filter((source) => /process\.env/.test(withoutComments(readFileSync(source, 'utf8'))));
    expect(broken).toEqual([]);
  });
});

describe('engine-specific text', () => {
  it('only the engine imports DuckDB', () => {
    const importers = modules
      .filter(({ dependencies }) => dependencies.some(({ module }) => module.startsWith('@duckdb/')))
      .map(({ source }) => source)
      .filter((source) => !source.startsWith('server/engine/'));
    expect(importers).toEqual([]);
  });
});

describe('size', () => {
  it('no file over 350 lines, median at most 90', () => {
    const lines = modules.map(({ source }) => ({
      source,
      n: readFileSync(source, 'utf8').split('\n').length,
    }));
    expect(lines.filter(({ n }) => n > 350)).toEqual([]);
    const sorted = lines.map(({ n }) => n).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(90);
  });
});

const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');
