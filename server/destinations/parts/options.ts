import { z } from 'zod';
import { type RankOrder, rankOrders } from '#core/delivery/ranking.ts';
import { field } from '#core/text/field.ts';
import { cutByBytes, partFormats } from './write-parts.ts';

const orderNames = {
  days_past_due: { es: 'primero la mora más larga', en: 'longest past due first' },
  amount: { es: 'primero el mayor atraso', en: 'largest arrears first' },
  window: { es: 'primero el plazo de envío que antes cierra', en: 'send window that closes first' },
  lot: { es: 'por sorteo', en: 'by lot' },
} as const;

/** Options of every destination that writes files of messages. */
export const fileFields = {
  formats: z
    .array(z.enum(partFormats))
    .min(1)
    .default(['csv', 'parquet'])
    .meta(
      field('Formatos', 'Formats', {
        es: 'CSV se abre en una hoja de cálculo; Parquet y Arrow guardan los tipos; NDJSON es un objeto por línea',
        en: 'CSV opens in a spreadsheet; Parquet and Arrow keep types; NDJSON is an object a line',
      }),
    ),
  partRows: z
    .number()
    .int()
    .min(1)
    .max(1_000_000_000)
    .optional()
    .meta(
      field('Filas por archivo', 'Rows a file', { es: 'Vacío: un solo archivo', en: 'Empty: a single file' }),
    ),
  partBytes: z
    .number()
    .int()
    .min(10_000)
    .optional()
    .meta(
      field('Bytes por archivo', 'Bytes a file', {
        es: 'Solo CSV y NDJSON, que se cortan entre dos filas',
        en: 'CSV and NDJSON only, which are cut between two rows',
      }),
    ),
  rankBy: z
    .enum(rankOrders)
    .optional()
    .meta(
      field(
        'Orden de marcado',
        'Dialling order',
        {
          es: 'Para marcadores: añade la columna rank y ordena por ella',
          en: 'For diallers: adds the column rank and orders by it',
        },
        orderNames,
      ),
    ),
  capacity: z
    .number()
    .int()
    .min(1)
    .optional()
    .meta(
      field('Personas por día', 'People a day', {
        es: 'Quien no cabe queda anotado como retenido; pide un orden de marcado',
        en: 'Whoever does not fit is logged as withheld; needs a dialling order',
      }),
    ),
  address: z
    .boolean()
    .default(false)
    .meta(
      field('Con la dirección de cada persona', 'With the address of each person', {
        es: 'Son datos personales: sólo puede pedirlo quien tiene permiso de verlos',
        en: 'Personal data: only who may read them can ask for it',
      }),
    ),
};

export type FileOptions = z.output<z.ZodObject<typeof fileFields>>;

/** What no single field can judge. */
export function judgeFileOptions(given: FileOptions, issues: z.core.$RefinementCtx<FileOptions>): void {
  const refuse = (path: keyof FileOptions, message: string) =>
    issues.addIssue({ code: 'custom', path: [path], message });
  const whole = given.formats.filter((format) => !cutByBytes.includes(format));
  if (given.partBytes !== undefined && whole.length)
    refuse('partBytes', `${whole.join(', ')} cannot be cut by bytes; use partRows`);
  if (given.capacity !== undefined && given.rankBy === undefined) refuse('rankBy', 'needed with capacity');
}

/** In which order people are called, and how many of them a day; null: in no order, and all. */
export const rankingOf = ({
  rankBy,
  capacity,
}: FileOptions): { by: RankOrder; capacity: number | null } | null =>
  rankBy === undefined ? null : { by: rankBy, capacity: capacity ?? null };
