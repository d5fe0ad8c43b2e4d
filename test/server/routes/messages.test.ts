import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { raw } from '#core/sql/sql.ts';
import {
  arm,
  assign,
  designOf,
  openBook,
  problemOf,
  saveSegment,
} from '../../support/experiments/experiments.ts';
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
const at = (style: string, template: string) => ({ params: { style, template } });

describe('what we say', () => {
  it('is listed by style, each text usable or blocked with the reason', async () => {
    const { styles, messages, asOf, limits } = await server.client.messages.list();
    expect(asOf).toBe('2026-10-31');
    expect(limits).toEqual({ customers: 200, share: 0.6 });
    expect(styles.map(({ id }) => id)).toContain('social_proof');
    for (const { evidence } of styles)
      for (const { source, limit } of evidence) expect(`${source} ${limit.en}`).toMatch(/\d{4}|\p{L}{4}/u);
    const of = (style: string, id: string) => messages.find((one) => one.style === style && one.id === id)!;
    expect(of('neutral', 'sms')).toMatchObject({
      status: 'usable',
      reasons: [],
      owner: 'shipped',
      degree: 2,
    });
    expect(of('loss_aversion', 'sms')).toMatchObject({ status: 'usable' });
    expect(of('loss_aversion', 'sms').consequence).toMatchObject({ kind: 'arrears_grow', holds: true });
    expect(of('loss_aversion', 'sms_3').reasons.map(({ code }) => code)).toEqual(['consequence_fails']);
    const social = of('social_proof', 'sms');
    expect(social.claim).toMatchObject({
      kind: 'customers_up_to_date',
      holds: false,
      offered: null,
      stale: false,
    });
    expect(social.reasons[0]).toMatchObject({ code: 'claim_fails' });
    expect(social.reasons[0]!.text.en).toMatch(/teaches not to pay/);
    expect(await server.workspace.context.engine.rows(raw(social.claim!.sql))).toHaveLength(2);
    expect(of('social_proof', 'sms_3').claim!.group.bucket).toMatch(/\d/);
  });

  it('names the claims, consequences and placeholders a text may use', async () => {
    const kinds = await server.client.messages.kinds();
    expect(kinds.claims.map(({ id }) => id)).toEqual([
      'cleared_within_a_month',
      'customers_up_to_date',
      'paid_after_second_reminder',
      'promises_kept',
    ]);
    expect(kinds.consequences.find(({ id }) => id === 'bureau_report')).toMatchObject({ measured: false });
    expect(kinds.placeholders.find(({ name }) => name === 'importe')).toMatchObject({
      type: 'money',
      personal: true,
    });
  });
});

describe('a text', () => {
  it('is judged as it is written, with what was found and where', async () => {
    const body = { es: '{{entidad}}: evite el embargo, pague {{importe}}.' };
    const judged = await server.client.messages.judge({ body: { ...content, body } });
    expect(judged.status).toBe('blocked');
    const [text] = judged.texts;
    expect(text!.findings.map(({ rule }) => rule)).toEqual(['threat', 'missing_help', 'missing_opt_out']);
    expect(body.es.slice(text!.findings[0]!.from!, text!.findings[0]!.to!)).toBe('embargo');
    expect(text!.sms).toMatchObject({ encoding: 'gsm7', segments: 1 });
  });

  it.each([
    ['a figure bound to nothing', '8 de cada 10 clientes pagan.', 'number_without_claim'],
    ['a majority bound to nothing', 'La mayoría de los clientes ya pagó.', 'number_without_claim'],
    ['a consequence bound to nothing', 'Evite un reporte a las centrales de riesgo.', 'consequence_unbound'],
    ['another language', 'Olá, a sua conta tem um valor em aberto e não foi pago.', 'lint'],
  ])('is blocked for %s', async (_, es, code) => {
    const judged = await server.client.messages.judge({ body: { ...content, body: { es } } });
    expect(judged.reasons.map((one) => one.code)).toContain(code);
  });

  it.each([
    [
      'an unknown placeholder',
      { body: { es: 'Hola {{nombre}}, {{saldo}} y {{cuota}}.' } },
      'unknown_placeholder: unknown placeholder: {{saldo}}, {{cuota}}',
    ],
    ['no words', { body: {} }, 'message_without_text'],
    ['an email without a subject', { channel: 'email' as const }, 'email_without_subject'],
    ['an unknown style', { style: 'fear' }, 'unknown_style'],
    ['an unknown claim', { claim: { kind: 'luck' } }, 'unknown_claim'],
    ['an unknown consequence', { consequence: 'jail' }, 'unknown_consequence'],
    ['an unknown channel', { channel: 'fax' as never }, 'invalid_input'],
  ])('with %s is refused by name', async (_, change, said) => {
    expect(await problemOf(server.client.messages.judge({ body: { ...content, ...change } }))).toContain(
      said,
    );
  });

  it('with a figure above what is so is refused, and offered the true one where that may be said', async () => {
    const { engine } = server.workspace.context;
    await engine.run(
      raw(
        `UPDATE snapshots SET days_past_due = 0 WHERE as_of = DATE '2026-10-31' AND hash(account_id) % 10 > 2`,
      ),
    );
    const claim = { kind: 'customers_up_to_date' };
    const judge = (es: string) =>
      server.client.messages.judge({ body: { ...content, style: 'social_proof', claim, body: { es } } });
    const ask =
      'Hoy {n} de cada 10 clientes de {{entidad}} no tienen atrasos. Ayuda {{telefono_ayuda}}. Responda BAJA.';
    const high = await judge(ask.replace('{n}', 'diez'));
    expect(high.reasons.map(({ code }) => code)).toEqual(['claim_fails']);
    expect(high.claim).toMatchObject({ written: 1, offered: high.claim!.claimed });
    const fair = await judge(ask.replace('{n}', String(high.claim!.offered)));
    expect(fair).toMatchObject({ status: 'usable', reasons: [] });
    const scoped = await server.client.messages.judge({
      body: {
        ...content,
        style: 'social_proof',
        claim: { ...claim, scope: { country: 'CO' } },
        body: { es: ask.replace('{n}', '7') },
      },
    });
    expect(scoped.claim!.group.country).toBe('CO');
    const old = await server.client.messages.judge({
      body: {
        ...content,
        style: 'social_proof',
        claim: { ...claim, validUntil: '2026-10-01' },
        body: { es: ask.replace('{n}', '7') },
      },
    });
    expect(old.reasons.map(({ code }) => code)).toEqual(['claim_stale']);
  });
});

describe('a template of the workspace', () => {
  it('is a draft until somebody else approves it, and then may be chosen', async () => {
    const made = await server.client.messages.create({
      body: { ...content, id: 'ayuda_1', author: 'Ana Ríos' },
    });
    expect(made).toMatchObject({
      state: 'draft',
      version: 1,
      status: 'blocked',
      owner: 'workspace',
      degree: 2,
    });
    expect(made.reasons.map(({ code }) => code)).toEqual(['not_approved']);
    const segmentId = await saveSegment(server);
    const arms = [
      arm('neutral'),
      {
        ...arm('reciprocity'),
        touches: [{ day: 0, style: 'reciprocity', channel: 'sms' as const, templates: ['ayuda_1', 'sms'] }],
      },
    ];
    const body = designOf(segmentId, { arms });
    expect(await problemOf(server.client.experiments.size({ body }))).toMatch(/^unknown_template/);
    const approve = (name: string, version = 1) =>
      server.client.messages.approve({
        ...at('reciprocity', 'ayuda_1'),
        body: { version, name, note: 'leída' },
      });
    expect(await problemOf(approve('ana rios'))).toMatch(/^template_by_author/);
    expect(await approve('Luis Vega')).toMatchObject({
      state: 'approved',
      status: 'usable',
      approval: { name: 'Luis Vega', note: 'leída' },
    });
    expect(await problemOf(approve('Luis Vega'))).toMatch(/^template_state/);
    const { texts } = await server.client.experiments.size({ body });
    const own = texts.filter(({ template }) => template === 'ayuda_1');
    expect(own.map(({ language, touch, version }) => [language, touch, version])).toEqual([
      ['es', 1, 1],
      ['en', 1, 1],
    ]);
    expect(own[0]!.hash).toBe(made.hash);
    expect(texts.filter(({ template }) => template === 'sms')).toHaveLength(4);
  });

  it('keeps its versions: a new one is a draft, and once approved retires the one before', async () => {
    const body = { ...content, body: { es: content.body.es.replace('Queremos', 'Nos gustaria') } };
    const revised = await server.client.messages.revise({
      ...at('reciprocity', 'ayuda_1'),
      body: { ...body, author: 'Ana Ríos' },
    });
    expect(revised).toMatchObject({ version: 2, state: 'draft' });
    expect((await server.client.messages.get(at('reciprocity', 'ayuda_1'))).message.version).toBe(1);
    await server.client.messages.approve({
      ...at('reciprocity', 'ayuda_1'),
      body: { version: 2, name: 'Luis Vega' },
    });
    const { message, versions } = await server.client.messages.get(at('reciprocity', 'ayuda_1'));
    expect(message).toMatchObject({ version: 2, state: 'approved' });
    expect(versions.map(({ version, state }) => [version, state])).toEqual([
      [2, 'approved'],
      [1, 'retired'],
    ]);
    expect(versions[1]!.history.map(({ state, name }) => [state, name])).toEqual([
      ['approved', 'Luis Vega'],
      ['retired', 'Luis Vega'],
    ]);
    const { engine } = server.workspace.context;
    const trace = await engine.rows<{ action: string }>(
      raw(`SELECT action FROM audit WHERE subject = 'ayuda_1' ORDER BY happened_at, action`),
    );
    expect(trace.map(({ action }) => action)).toEqual([
      'message.written',
      'message.approved',
      'message.written',
      'message.approved',
    ]);
  });

  it('that may not be sent is not approved; one that is shipped is not changed', async () => {
    const body = {
      ...content,
      id: 'mala',
      author: 'Ana',
      body: { es: '{{entidad}}: lo demandaremos. {{telefono_ayuda}} BAJA' },
    };
    await server.client.messages.create({ body });
    const approved = server.client.messages.approve({
      ...at('reciprocity', 'mala'),
      body: { version: 1, name: 'Luis' },
    });
    expect(await problemOf(approved)).toMatch(/^template_blocked: .*threat/);
    expect(await problemOf(server.client.messages.create({ body }))).toMatch(/^template_taken/);
    expect(await problemOf(server.client.messages.create({ body: { ...body, id: 'sms' } }))).toMatch(
      /^template_shipped/,
    );
    expect(await problemOf(server.client.messages.get(at('neutral', 'nada')))).toMatch(/^not_found/);
    expect(
      await problemOf(
        server.client.messages.revise({
          ...at('reciprocity', 'mala'),
          body: { ...content, channel: 'letter', author: 'Ana' },
        }),
      ),
    ).toMatch(/^template_moved/);
    await server.client.messages.retire({
      ...at('reciprocity', 'mala'),
      body: { name: 'Luis', note: 'no sirve' },
    });
    expect((await server.client.messages.get(at('reciprocity', 'mala'))).message.state).toBe('retired');
  });

  it('leaves and comes back as JSON; an equal one changes nothing', async () => {
    const { format, version, templates } = await server.client.messages.exported();
    expect(templates.map(({ id }) => id)).toEqual(['ayuda_1', 'mala']);
    const changed = templates.map((one) =>
      one.id === 'mala' ? { ...one, body: { es: content.body.es } } : one,
    );
    const answer = await server.client.messages.imported({
      body: { format, version, templates: [...changed, { ...content, id: 'otra', author: 'Ana' }] },
    });
    expect(answer).toEqual({ created: ['otra'], revised: ['mala'], unchanged: ['ayuda_1'] });
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
