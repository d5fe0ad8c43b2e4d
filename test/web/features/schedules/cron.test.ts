import { expect, it } from 'vitest';
import { cronInWords } from '../../../../web/src/features/schedules/cron.ts';

it.each([
  ['0 18 * * 1-5', 'a las 18:00, de lunes a viernes', 'at 18:00, from Monday to Friday'],
  ['30 8,17 * * *', 'a las 08:30 y 17:30, todos los días', 'at 08:30 and 17:30, every day'],
  ['0 1 * * 6,0', 'a la 01:00, los sábados y domingos', 'at 01:00, on Saturdays and Sundays'],
  [
    '*/15 8-18 * * 1-6',
    'cada 15 minutos, de 08:00 a 18:45, de lunes a sábado',
    'every 15 minutes, from 08:00 to 18:45, from Monday to Saturday',
  ],
  ['0 * * * *', 'cada hora en punto, todos los días', 'every hour on the hour, every day'],
  ['0 9 1,15 * *', 'a las 09:00, los días 1 y 15 del mes', 'at 09:00, on day 1 and 15 of the month'],
  ['0 9 1 * 1', 'a las 09:00, el día 1 del mes o los lunes', 'at 09:00, on day 1 of the month or on Mondays'],
  ['0 9 * 1,7 2', 'a las 09:00, los martes, en enero y julio', 'at 09:00, on Tuesdays, in January and July'],
  ['0 9 * * 7', 'a las 09:00, los domingos', 'at 09:00, on Sundays'],
  ['5/20 10 * * *', 'a las 10:05, 10:25 y 10:45, todos los días', 'at 10:05, 10:25 and 10:45, every day'],
])('%s', (cron, es, en) => {
  expect(cronInWords(cron, 'es')).toBe(es);
  expect(cronInWords(cron, 'en')).toBe(en);
});

it.each([
  '',
  '0 18 * *',
  '61 * * * *',
  '0 9 L * *',
  '0 9 * * MON',
  '9-3 * * * *',
  '*/0 * * * *',
  'x 1 * * *',
])('says nothing of what it cannot read: "%s"', (cron) => expect(cronInWords(cron, 'es')).toBeNull());
