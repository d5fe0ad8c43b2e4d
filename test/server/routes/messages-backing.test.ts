import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { raw } from '#core/sql/sql.ts';
import { arm, assign, designOf, openBook, saveSegment } from '../../support/experiments.ts';
import type { TestServer } from '../../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await openBook();
});
afterAll(() => server.close());

const content = {
  style: 'reciprocity',
  channel: 'sms' as const,
  body: {
    es: '{{entidad}}: Hola, {{nombre}}. Queremos ayudarle con {{importe}}: llame al {{telefono_ayuda}} o pague en {{enlace_pago}}. Responda BAJA para no recibir SMS.',
    en: '{{entidad}}: Hello {{nombre}}. We would like to help with {{importe}}: call {{telefono_ayuda}} or pay at {{enlace_pago}}. Reply STOP to opt out.',
  },
};

describe('what backs a text', () => {
  it('may be stated by a named person where no table shows it', async () => {
    const said = {
      ...content,
      style: 'loss_aversion',
      consequence: 'bureau_report',
      body: {
        es: content.body.es.replace(
          'Queremos',
          'El atraso puede quedar en su historial crediticio. Queremos',
        ),
      },
    };
    const judge = () => server.client.messages.judge({ body: said });
    expect((await judge()).reasons.map(({ code }) => code)).toEqual(['consequence_fails']);
    for (const country of ['CO', 'MX'])
      await server.client.messages.state({
        params: { kind: 'bureau_report' },
        body: {
          country,
          share: 0.99,
          evidence: 'Acta del comité de datos, 3 de octubre',
          name: 'Marta Díaz',
          validUntil: '2027-03-31',
        },
      });
    const { consequence, status } = await judge();
    expect(status).toBe('usable');
    expect(
      consequence!.countries.map(({ country, holds, lawful, statement }) => [
        country,
        holds,
        lawful!.status,
        statement!.name,
      ]),
    ).toEqual([
      ['CO', true, 'secondary', 'Marta Díaz'],
      ['MX', true, 'secondary', 'Marta Díaz'],
    ]);
  });

  it('is seen on rows of the portfolio, in the language of each person, masked where it must be', async () => {
    const { masked, rows } = await server.client.messages.preview({ body: { ...content, limit: 3 } });
    expect(masked).toBe(false);
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatchObject({
      language: 'es',
      segments: expect.any(Number),
      open: ['entidad', 'nombre', 'telefono_ayuda', 'enlace_pago'],
    });
    expect(rows[0]!.text).toMatch(/(?:MXN|COP) 50\.25/);
  });

  it('costs what contacts cost, or what somebody states', async () => {
    const { costs } = await server.client.messages.cost({
      params: { channel: 'sms' },
      body: { amount: '0.05', currency: 'MXN', name: 'Ana' },
    });
    expect(costs).toEqual([{ channel: 'sms', amount: '0.05', currency: 'MXN', n: 0, statedBy: 'Ana' }]);
    const { texts } = await server.client.messages.judge({ body: content });
    expect(texts[0]!.cost).toEqual({ amount: (0.05 * texts[0]!.sms!.segments).toFixed(4), currency: 'MXN' });
  });

  it('is told apart from what else differs between arms', async () => {
    const compare = (templates: string[]) =>
      server.client.messages.compare({
        body: {
          arms: [
            { name: 'a', style: 'neutral', templates },
            { name: 'b', style: 'commitment', templates },
          ],
        },
      });
    expect(await compare(['sms', 'sms_2'])).toMatchObject({ about: 'style', differences: [] });
    expect(await compare(['sms'])).toMatchObject({ about: 'text' });
    const mixed = await server.client.messages.compare({
      body: {
        arms: [
          { name: 'a', style: 'neutral', templates: ['sms'] },
          { name: 'b', style: 'neutral', templates: ['email'] },
        ],
      },
    });
    expect(mixed.differences.map(({ code }) => code)).toEqual([
      'channel',
      'personalisation',
      'facts',
      'segments',
      'length',
    ]);
  });
});

describe('the daily check of texts in use', () => {
  const check = async () => {
    const job = await server.client.messages.recheck();
    const ended = await server.workspace.context.jobs.finished(job.id);
    expect(ended.error).toBeNull();
    return ended.result as {
      experiments: number;
      texts: number;
      paused: { experimentId: string; reason: { en: string } }[];
    };
  };

  it('leaves experiments alone whose texts are still true, and pauses all arms of one whose is not', async () => {
    const { engine } = server.workspace.context;
    const arms = [arm('neutral'), arm('social_proof')];
    const made = await server.client.experiments.create({
      body: designOf(await saveSegment(server), { arms }),
    });
    await assign(server, made.id);
    expect(await check()).toEqual({ experiments: 1, texts: 1, paused: [] });
    await engine.run(
      raw(
        `UPDATE snapshots SET days_past_due = 5 WHERE as_of = DATE '2026-10-31' AND hash(account_id) % 10 < 7`,
      ),
    );
    const { paused } = await check();
    expect(paused).toMatchObject([
      {
        experimentId: made.id,
        reason: { en: expect.stringMatching(/^social_proof · sms: .*teaches not to pay/) },
      },
    ]);
    const status = await engine.first<{ status: string }>(
      raw(`SELECT status FROM designs WHERE experiment_id = '${made.id}'`),
    );
    expect(status?.status).toBe('paused');
    const checks = await engine.rows<{ holds: boolean }>(
      raw('SELECT holds FROM message_checks ORDER BY checked_at'),
    );
    expect(checks.map(({ holds }) => holds)).toEqual([true, false]);
    expect(await check()).toEqual({ experiments: 0, texts: 0, paused: [] });
  });
});
