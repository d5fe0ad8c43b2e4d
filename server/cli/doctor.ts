import type { Command } from 'commander';
import type { Locale } from '#core/text/text.ts';
import { readConfig } from '../config.ts';
import { engineVersion } from '../engine/duckdb.ts';
import { readOwner } from './connection.ts';
import { show } from './show.ts';

export function addDoctor(program: Command, locale: Locale): void {
  program
    .command('doctor')
    .description(locale === 'es' ? 'Dice qué hay en esta máquina' : 'Tells what this machine has')
    .option('--json')
    .option('--workspace <folder>')
    .action(async (options: { json?: boolean; workspace?: string }) => {
      const config = readConfig({ ...(options.workspace ? { workspace: options.workspace } : {}) });
      const { detectBackend } = await import('../jobs/tensorflow.ts');
      const found = {
        node: process.versions.node,
        duckdb: engineVersion(),
        tensorflow: await detectBackend(),
        timeZones: process.versions.tz ?? '?',
        workspace: config.workspace,
        server: readOwner(config.workspace)?.address ?? null,
        threads: config.threads,
        memoryLimit: config.memoryLimit,
      };
      process.stdout.write(options.json ? `${JSON.stringify(found)}\n` : show(found));
    });
}
