import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defaultsOf, entriesOf } from '../../../../web/src/ui/form/schema.ts';

const schema = z.toJSONSchema(
  z.strictObject({
    bins: z.coerce
      .number()
      .int()
      .min(2)
      .max(20)
      .default(8)
      .meta({ title: { es: 'Tramos', en: 'Bins' } as never }),
    ridge: z.number().min(0),
    fast: z.boolean().default(false),
    kind: z.enum(['a', 'b']).default('a'),
    formats: z.array(z.enum(['csv', 'parquet'])).default(['csv']),
    from: z.iso.date().optional(),
    names: z.array(z.string()).optional(),
    limit: z.number().nullable().optional(),
    nested: z.object({ x: z.number() }).optional(),
  }),
  { io: 'input', unrepresentable: 'any' },
);

describe('forms', () => {
  it('are drawn from the schema of a plug-in', () => {
    expect(entriesOf(schema).map(({ name, required, field }) => [name, required, field])).toEqual([
      ['bins', false, { kind: 'number', whole: true, min: 2, max: 20 }],
      ['ridge', true, { kind: 'number', whole: false, min: 0, max: undefined }],
      ['fast', false, { kind: 'flag' }],
      ['kind', false, { kind: 'choice', choices: ['a', 'b'] }],
      ['formats', false, { kind: 'choices', choices: ['csv', 'parquet'] }],
      ['from', false, { kind: 'date' }],
      ['names', false, { kind: 'list' }],
      ['limit', false, { kind: 'number', whole: false, min: undefined, max: undefined }],
    ]);
    expect(entriesOf(schema)[0]?.schema.title).toEqual({ es: 'Tramos', en: 'Bins' });
  });

  it('start with the defaults', () => {
    expect(defaultsOf(schema)).toEqual({ bins: 8, fast: false, kind: 'a', formats: ['csv'] });
  });

  it.each([[undefined], [{}], [null]])('are empty for %j', (nothing) => {
    expect(entriesOf(nothing)).toEqual([]);
  });
});
