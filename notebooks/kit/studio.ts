import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { createServer, createServerModuleRunner, type Plugin, type ViteDevServer } from 'vite';
import type { Locale } from '#core/text/text.ts';
import type { Connection } from '#server/cli/connection.ts';
import { type Config, home } from '#server/config.ts';
import { openDesk } from './desk.ts';
import { failureOf } from './failure.ts';
import type { CellRun, NotebookRun, Output } from './outputs.ts';
import { rehearse } from './page/output.ts';
import { type Cell, readCells, withMarks } from './percent.ts';

const ownFolder = join(home, 'notebooks');
const kit = '/notebooks/kit/around.ts';
const isNotebook = (name: string): boolean => /^\d{2,}-[^/\\]+\.ts$/.test(name);

/** Runs notebooks: Vite turns their TypeScript into modules and knows when a file they use has changed. */
export interface Studio {
  run(
    name: string,
    on: Workspace,
    onChange?: (run: NotebookRun, changed: CellRun | null) => void,
  ): Promise<Ran>;
  /** Calls back when a notebook, or a file it uses, was saved. */
  onSave(changed: (file: string) => void): void;
  close(): Promise<void>;
}

export interface Workspace {
  connection: Connection;
  /** How the workspace is called in the page. */
  name: string;
  config: Config;
}

export interface Ran {
  run: NotebookRun;
  /** What the notebook exports; empty where it failed. */
  exports: Record<string, unknown>;
}

/** Names of the notebooks of a folder, without `.ts`, in order. */
export const notebooksIn = (folder = ownFolder): string[] =>
  readdirSync(folder)
    .filter(isNotebook)
    .map((file) => file.replace(/\.ts$/, ''))
    .sort();

export async function openStudio({ watch = false, folder = ownFolder } = {}): Promise<Studio> {
  const server = await createServer({
    root: home,
    configFile: false,
    appType: 'custom',
    logLevel: 'silent',
    plugins: [cells(folder)],
    optimizeDeps: { noDiscovery: true, include: [] },
    server: {
      middlewareMode: true,
      ws: false,
      hmr: false,
      watch: watch ? { ignored: ['**/.ensayo/**', '**/web/dist/**', '**/.out/**'] } : null,
    },
  });
  return {
    run: (name, on, onChange) => runNotebook(server, join(folder, `${name}.ts`), on, onChange ?? (() => {})),
    onSave(changed) {
      server.watcher.on('change', (file) => {
        if (server.environments.ssr.moduleGraph.getModulesByFile(file)) changed(file);
      });
    },
    close: () => server.close(),
  };
}

const cells = (folder: string): Plugin => ({
  name: 'ensayo:cells',
  enforce: 'pre',
  transform: (code, id) =>
    isNotebook(relative(folder, id.split('?')[0]!)) ? { code: withMarks(code, kit), map: null } : null,
});

/** Runs the cells in order, in modules of their own, and stops at the first that fails. */
async function runNotebook(
  server: ViteDevServer,
  file: string,
  { connection, name: workspace, config }: Workspace,
  onChange: (run: NotebookRun, changed: CellRun | null) => void,
): Promise<Ran> {
  const run = planned(basename(file, '.ts'), readFileSync(file, 'utf8'), workspace);
  onChange(run, null);
  server.environments.ssr.moduleGraph.onFileChange(file);
  const desk = await openDesk(config.memoryLimit, config.threads);
  const runner = createServerModuleRunner(server.environments.ssr, {
    hmr: false,
    sourcemapInterceptor: 'prepareStackTrace',
  });
  const code = run.cells.filter(({ cell }) => cell.kind === 'code');
  let current: CellRun | undefined;
  let began = 0;
  const leave = (state: CellRun['state']) => {
    if (!current) return;
    current.state = state;
    current.seconds = (performance.now() - began) / 1000;
    onChange(run, current);
  };
  const enter = (number: number) => {
    leave('done');
    current = run.cells[number]!;
    began = performance.now();
    current.state = 'running';
    onChange(run, current);
  };
  try {
    const { begin } = await runner.import<typeof import('./around.ts')>(kit);
    const put = (output: Output) => {
      rehearse(output);
      (current ?? code[0])?.outputs.push(output);
    };
    begin({ connection, desk, enter, put });
    const exports = await runner.import<Record<string, unknown>>(file);
    leave('done');
    run.state = 'done';
    return { run, exports: { ...exports } };
  } catch (error) {
    const failure = failureOf(error, file, config.language);
    current ??= code.findLast(({ cell }) => failure.line === null || cell.line <= failure.line) ?? code[0];
    if (current) current.failure = failure;
    leave('failed');
    run.state = 'failed';
    return { run, exports: {} };
  } finally {
    for (const waiting of code) if (waiting.state === 'waiting') waiting.state = 'not_run';
    desk.close();
    await runner.close();
    onChange(run, null);
  }
}

const heading = (cells: readonly Cell[], locale: Locale): string | undefined =>
  cells
    .filter(({ kind, language }) => kind === 'prose' && (language ?? locale) === locale)
    .map(({ source }) => source.match(/^#\s+(.+)$/m)?.[1])
    .find((found) => found !== undefined);

function planned(name: string, source: string, workspace: string): NotebookRun {
  const found = readCells(source);
  return {
    name,
    title: { es: heading(found, 'es') ?? name, en: heading(found, 'en') ?? name },
    workspace,
    state: 'running',
    startedAt: new Date().toISOString(),
    cells: found.map((cell) => ({
      cell,
      state: cell.kind === 'prose' ? 'done' : 'waiting',
      outputs: [],
      seconds: null,
      failure: null,
    })),
  };
}
