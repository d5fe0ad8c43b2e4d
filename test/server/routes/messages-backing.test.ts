import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, send } from '#core/contract/client.ts';
import { openBook } from '../../support/experiments/experiments.ts';
import type { TestServer } from '../../support/servers/server.ts';

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

  it('names nobody to whoever may not see personal data, and reads the same', async () => {
    const body = { ...content, limit: 3 };
    const headers = { authorization: `Bearer ${await server.token(['message:read'])}` };
    const reader = createClient((endpoint, input) =>
      send({ fetch, origin: server.origin, headers }, endpoint, input),
    );
    const [named, masked] = [
      await server.client.messages.preview({ body }),
      await reader.messages.preview({ body }),
    ];
    expect(masked.masked).toBe(true);
    expect(masked.rows.map(({ customer }) => customer)).toEqual(['c••• 1', 'c••• 2', 'c••• 3']);
    expect(masked.rows.map(({ text }) => text)).toEqual(named.rows.map(({ text }) => text));
    const whole = JSON.stringify(masked);
    for (const { customer } of named.rows) expect(whole).not.toContain(customer);
  });

  it('is refused by name when it is longer than its channel takes', async () => {
    const { status, reasons } = await server.client.messages.judge({
      body: { ...content, body: { es: `${content.body.es} ${'Puede llamar cuando quiera. '.repeat(40)}` } },
    });
    expect(status).toBe('blocked');
    expect(reasons.find(({ code }) => code === 'too_long')!.text.es).toMatch(
      /^es demasiado largo en español: \d+ SMS, y el canal admite 6$/,
    );
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
