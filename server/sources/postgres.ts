import { mkdir, stat, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { DomainError } from '#core/errors/domain-error.ts';
import { columnNames } from './column-names.ts';
import { csvRows, openConverted } from './converted/open.ts';
import { brokenFile, rowsFile } from './converted/row-file.ts';
import { readAddress } from './postgres/address.ts';
import { copyQuery } from './postgres/copy.ts';
import { engineType } from './postgres/types.ts';
import { defineSource } from './source.ts';

/**
 * The rows of one query of a PostgreSQL database. The answer is copied to a file first, in one read-only
 * transaction; its hash tells whether the same answer was loaded before.
 */
export default defineSource({
  text: {
    title: { es: 'PostgreSQL', en: 'PostgreSQL' },
    summary: {
      es: 'Una consulta a una base, en una transacción de solo lectura; la dirección va sin contraseña',
      en: 'A query of a database, in one read-only transaction; the address holds no password',
    },
  },
  endings: [],
  // The latter as other programs write them: refused in words, and before a password in them is written down.
  addresses: ['postgresql://', 'postgres://', 'postgresql+', 'postgres+', 'jdbc:postgresql:'],
  checkAddress: (address) => void readAddress(address),

  async inspect({ path: address, options, scratch, onBytes }) {
    const target = readAddress(address);
    const query = options.query?.trim();
    if (!query) throw new DomainError('load_postgres_no_query', { address });
    await mkdir(scratch, { recursive: true });
    const path = rowsFile(scratch);
    const { columns, sha256, bytes } = await copyQuery({ address: target, query, path, onBytes });
    await writeFile(brokenFile(scratch), '');
    onBytes(bytes);
    return {
      path,
      name: address,
      bytes,
      modifiedMs: (await stat(path)).mtimeMs,
      sha256,
      columns: columnNames(
        basename(address),
        columns.map(({ name }) => name),
      ),
      found: { folder: scratch, types: JSON.stringify(columns.map(({ typeId }) => engineType(typeId))) },
    };
  },

  open: (request) => openConverted(request, csvRows, true),
});
