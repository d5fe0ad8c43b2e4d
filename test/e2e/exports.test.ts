import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { launchBrowser } from '../support/browser/browser.ts';
import { expectAccessible } from '../support/browser/page.ts';
import { picturesOf } from '../support/browser/pictures.ts';
import { putExperiment, runJob } from '../support/contact/contact-fixture.ts';
import { type LocalReceiver, startReceiver } from '../support/receiver/receiver.ts';
import { webhookSecret, webhookTaker } from '../support/receiver/webhook.ts';
import { openSampleServer, type SampleServer } from '../support/servers/sample-server.ts';

const browser: Browser | null = await launchBrowser();
const long = { timeout: 60_000 };
const people = [
  ...Array.from({ length: 60 }, (_, i) => ({ id: `p${String(i).padStart(3, '0')}` })),
  ...['h1', 'h2', 'h3'].map((id) => ({ id, flag: 'hardship' })),
];

describe.skipIf(!browser)('what leaves, by clicks', () => {
  let opened: SampleServer;
  let page: Page;
  let receiver: LocalReceiver;
  const taker = webhookTaker();
  const broken = { credentials: false, row: true, held: false };

  beforeAll(async () => {
    receiver = await startReceiver({
      failOneIn: 5,
      spares: (body) => broken.row && /"p007"/.test(body),
      faults: ['429', '500 before', 'reset before', '500 after'],
      async take(call) {
        while (broken.held) await new Promise((resolve) => setTimeout(resolve, 50));
        const refuse = (status: number, words: string) => call.response.writeHead(status).end(words);
        if (broken.credentials) refuse(401, 'token expired');
        else if (broken.row && /"p007"/.test(call.body)) refuse(422, 'unknown customer p007');
        else await taker.take(call);
      },
    });
    vi.stubEnv('ENSAYO_ALLOW_PRIVATE', '127.0.0.1');
    vi.stubEnv('ENSAYO_RETRY_SECONDS', Array(12).fill('0.05').join(','));
    opened = await openSampleServer(browser as Browser, async (context) => {
      await putExperiment(context, people, { sendOn: '2026-03-03' });
      await runJob(context, 'check', { experimentId: 'exp', touch: 1, acceptUnverifiedBy: 'Ana' });
    });
    page = opened.page;
  }, 240_000);

  afterAll(async () => {
    vi.unstubAllEnvs();
    await opened?.close();
    await browser?.close();
    await receiver?.close();
  });

  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const text = (words: string | RegExp) => page.getByText(words).first();
  const tab = (name: string) => page.getByRole('link', { name, exact: true }).first().click();
  const picture = picturesOf(() => page);
  const csv = async (link: string | RegExp) => {
    const saved = page.waitForEvent('download');
    await page.getByRole('link', { name: link }).click();
    const bytes = readFileSync(await (await saved).path());
    return parse(bytes, { columns: true }) as Record<string, string>[];
  };

  it('says what the day is like, and what waits', long, async () => {
    await page.getByRole('navigation').getByRole('link', { name: 'Exportaciones', exact: true }).click();
    await text(/3 personas quedan fuera el 3 mar/).waitFor();
    await text('Tandas por salir').waitFor();
    await expectAccessible(page, 'exports');
    await picture('home');
  });

  it('sets up a webhook whose secret is not shown again, and tries it', long, async () => {
    await tab('Destinos');
    await page.getByLabel('Clase', { exact: true }).selectOption('webhook');
    await page.getByLabel('Nombre', { exact: true }).fill('Mensajería');
    await page.getByLabel('Pide el nombre de quien aprueba', { exact: true }).check();
    await page.getByLabel('Dirección', { exact: true }).fill(receiver.url);
    await page.getByLabel('Secreto', { exact: true }).fill(webhookSecret);
    await page.getByLabel('El receptor descarta lo repetido', { exact: true }).check();
    await page.getByLabel('Mensajes por llamada', { exact: true }).fill('4');
    await expectAccessible(page, 'a new destination');
    await picture('new-destination');
    await button('Guardar el destino').click();
    await page.getByRole('heading', { level: 1, name: 'Mensajería' }).waitFor();
    await text('Guardado; deje vacío para no cambiarlo.').waitFor();
    expect(await page.getByLabel('Secreto', { exact: true }).inputValue()).toBe('');
    expect(await page.content()).not.toContain(webhookSecret);
    broken.credentials = true;
    await button('Probar').click();
    await text('La prueba falló').or(text('El receptor respondió bien')).waitFor();
    for (let tries = 0; tries < 6 && !(await text('token expired').isVisible()); tries++) {
      await button('Probar otra vez').click();
      await page.waitForTimeout(300);
    }
    await text('token expired').waitFor();
    broken.credentials = false;
    for (let tries = 0; tries < 6 && !(await text('El receptor respondió bien').isVisible()); tries++) {
      await button('Probar otra vez').click();
      await page.waitForTimeout(300);
    }
    await text('El receptor respondió bien').waitFor();
    await expectAccessible(page, 'a destination');
    await picture('destination');
  });

  it('names a text at a vendor, and retires the place', long, async () => {
    await tab('Destinos');
    await page.getByLabel('Clase', { exact: true }).selectOption('braze');
    await page.getByLabel('Nombre', { exact: true }).fill('Campañas');
    await page.getByLabel('Dirección REST', { exact: true }).fill(receiver.url);
    await page.getByLabel('Clave REST', { exact: true }).fill('clave de prueba');
    await button('Guardar el destino').click();
    await page.getByRole('heading', { level: 1, name: 'Campañas' }).waitFor();
    await page.getByLabel('Filtrar «Cómo se llaman allí los textos»').fill('neutral');
    await page.getByRole('button', { name: 'neutral:sms', exact: true }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Evento', { exact: true }).fill('ensayo_neutral');
    await dialog.getByLabel('Estado allí').selectOption('approved');
    await dialog.getByLabel('Quién lo aprobó').fill('Ana Ruiz');
    await expectAccessible(page, 'a text at a vendor');
    await dialog.getByRole('button', { name: 'Guardar' }).click();
    await page.getByRole('row', { name: /neutral:sms español .* aprobado ensayo_neutral/ }).waitFor();
    await button('Retirar el destino').click();
    await dialog.getByRole('button', { name: 'Retirar el destino' }).click();
    await text(/^Este destino se retiró/).waitFor();
    await expectAccessible(page, 'a retired destination');
  });

  it('looks before it sends, and follows the run through faults', long, async () => {
    await page
      .getByRole('navigation')
      .getByRole('link', { name: 'Exportaciones', exact: true })
      .first()
      .click();
    await page
      .getByRole('link', { name: /^[0-9a-f]{8}$/ })
      .first()
      .click();
    await page.getByLabel('Destino', { exact: true }).selectOption({ label: 'Mensajería' });
    await text(/Es el primer envío de este experimento por «Mensajería»/).waitFor();
    await text('Nadie del grupo sin contacto está en la tanda.').waitFor();
    await page.getByLabel('Quién lo aprueba', { exact: true }).fill('Ana Ruiz');
    await expectAccessible(page, 'before a batch leaves');
    await picture('before');
    broken.held = true;
    await button(/^Exportar/).click();
    await page.getByRole('link', { name: /^Ver (cómo va|lo que salió)/ }).click();
    await button('Pausar').click();
    await text('El envío está en pausa').waitFor();
    await button('Cancelar el envío').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Seguir enviando' }).click();
    await button('Reanudar').click();
    broken.held = false;
    await text('Salieron 59 personas.').waitFor();
    await text('El receptor rechazó una.').waitFor();
    await text('Lo aprobó Ana Ruiz.').waitFor();
    await text('unknown customer p007').waitFor();
    await text('Llamadas al receptor').waitFor();
    await expectAccessible(page, 'a run');
    await picture('run');
    expect(receiver.faulted.size).toBeGreaterThan(0);
    expect(taker.seen.size).toBe(59);
    expect(await csv(/Bajar la rechazada/)).toMatchObject([{ customerId: 'p007', state: 'rejected' }]);
  });

  it('tries a chosen row again, and the row log says so', long, async () => {
    broken.row = false;
    await page.getByLabel('Mostrar', { exact: true }).selectOption('rejected');
    await page.getByLabel('Elegir p007', { exact: true }).check();
    await button('Volver a intentar la elegida').click();
    await text('Salieron 60 personas.').waitFor();
    await page.getByLabel('Mostrar', { exact: true }).selectOption('');
    const rows = await csv(/^Bajar las 63 filas/);
    expect(rows.filter(({ state }) => state === 'acknowledged')).toHaveLength(60);
    expect(rows.filter(({ state }) => state === 'excluded').map(({ customerId }) => customerId)).toEqual([
      'h1',
      'h2',
      'h3',
    ]);
    expect(new Set(taker.ids.values()).size).toBe(60);
  });

  it('answers for one person from the ledger', long, async () => {
    await tab('Registro');
    await page.getByLabel('Persona', { exact: true }).fill('p007');
    await button('Buscar').click();
    await text(/Un mensaje salió hacia p007/).waitFor();
    expect(page.url()).toContain('person=p007');
    await expectAccessible(page, 'the ledger');
    await picture('ledger');
    expect(await csv(/^Bajar la línea/)).toMatchObject([{ customerId: 'p007', approvedBy: 'Ana Ruiz' }]);
  });

  it('previews a schedule, in words and by its next times, and turns it off', long, async () => {
    await tab('Programación');
    await button('Programar un envío').click();
    await page.getByLabel('Nombre', { exact: true }).fill('Cada tarde');
    await text('a las 18:00, de lunes a viernes').waitFor();
    const times = page.getByRole('form', { name: 'Programar un envío' }).getByRole('listitem');
    await expect.poll(() => times.count()).toBe(5);
    expect(await times.first().innerText()).toContain('18:00');
    await page.getByLabel('Cuándo (cron)', { exact: true }).fill('0 18 31 2 *');
    await text('No se entiende el horario').waitFor();
    await page.getByLabel('Cuándo (cron)', { exact: true }).fill('0 18 * * 1-5');
    await expect.poll(() => times.count()).toBe(5);
    await expectAccessible(page, 'a new schedule');
    await picture('new-schedule');
    await button('Guardar').click();
    await page.getByRole('heading', { level: 3, name: 'Cada tarde' }).waitFor();
    await text('Lo que toque de todos los experimentos en marcha, a Mensajería.').waitFor();
    await expectAccessible(page, 'schedules');
    await picture('schedules');
    await button(/^Apagar/).click();
    await text('ninguna mientras esté apagada').waitFor();
  });

  it(
    'asks what a Sunday at eight in Bogotá would do, and what the house may add to the law',
    long,
    async () => {
      const answerFor = async (why: string) => {
        await page.getByLabel('Quién responde por el cambio', { exact: true }).fill('Ana Ruiz');
        await page.getByLabel('Por qué', { exact: true }).fill(why);
      };
      await tab('Reglas');
      await page.getByRole('cell', { name: 'Horario permitido' }).first().waitFor();
      await expectAccessible(page, 'rules');
      await page.getByRole('link', { name: '¿Y si enviáramos…?' }).click();
      await page.getByLabel('Hora', { exact: true }).fill('08:00');
      await page.getByLabel('En el reloj de', { exact: true }).selectOption('America/Bogota');
      await button('Preguntar').click();
      await text(/El domingo, 8 de marzo a las 08:00 de America\/Bogota no pasa nadie de \d+/).waitFor();
      await page
        .getByRole('cell', { name: /^Fuera del horario permitido/ })
        .first()
        .waitFor();
      await expectAccessible(page, 'what if');
      await page.getByRole('link', { name: 'Reglas de contacto' }).first().click();
      await page.getByRole('link', { name: 'Reglas de la casa' }).click();
      await page.getByLabel('Máximo de intentos al día').fill('1');
      await answerFor('Menos es más');
      await expectAccessible(page, 'rules of the house');
      await button('Guardar la versión').click();
      await text('Versión 1').waitFor();
      await page.getByRole('link', { name: 'Reglas de contacto' }).first().click();
      await page.getByRole('link', { name: 'Festivos', exact: true }).click();
      await page.getByLabel('Día', { exact: true }).fill('2026-12-24');
      await page.getByLabel('Festivo', { exact: true }).fill('Nochebuena');
      await answerFor('Nadie atiende');
      await button('Añadir').click();
      await page.getByRole('row', { name: /24 dic 2026 jueves Nochebuena añadido aquí/ }).waitFor();
      await expectAccessible(page, 'a calendar');
    },
  );

  it('has an unverified rule accepted by name', long, async () => {
    await tab('Reglas');
    await page.getByText('Aceptar reglas', { exact: true }).first().click();
    const form = page.getByRole('form', { name: 'Aceptar reglas' });
    await form.getByRole('checkbox').first().check();
    await form.getByLabel('Quién responde por el cambio', { exact: true }).fill('Ana Ruiz');
    await form.getByLabel('Por qué', { exact: true }).fill('Leída con el área legal');
    await form.getByRole('button', { name: 'Aceptar reglas' }).click();
    await page.getByRole('row', { name: /Ana Ruiz .*Leída con el área legal/ }).waitFor();
    await expectAccessible(page, 'acceptances');
  });

  it('reads in English too, and complained of nothing', long, async () => {
    await button('English').click();
    for (const name of ['Exports', 'Destinations', 'Schedules', 'Ledger']) {
      await tab(name);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      await expectAccessible(page, `${name}, English`);
    }
    expect(opened.watched.complaints).toEqual([]);
  });
});
