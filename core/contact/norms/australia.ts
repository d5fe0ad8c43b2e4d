import { type Norm, norm } from '../norm.ts';

const guideline = 'ACCC y ASIC, RG 96';
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri'];
const weekend = ['sat', 'sun'];
const hours = (days: readonly string[], opens: string, closes: string) =>
  Object.fromEntries(
    [...weekdays, ...weekend].map((day) => [day, days.includes(day) ? [[opens, closes] as const] : []]),
  );

export const australiaNorms: Norm[] = [
  {
    ...norm(
      'window',
      'visit',
      'primary',
      `${guideline}, parte 2, s. 4`,
      'Visitas de 9 a 21, todos los días; no en festivo nacional. Aquí no se visita a nadie.',
      'Visits 9 to 21, every day; not on national holidays. Nobody is visited from here.',
    ),
    hours: hours([...weekdays, ...weekend], '09:00', '21:00'),
  },
  {
    ...norm(
      'window',
      'workplace',
      'primary',
      `${guideline}, parte 2, s. 4`,
      'En el trabajo, de 9 a 17 de lunes a viernes, o en su horario conocido. Aquí no se contacta en el trabajo.',
      'At work, 9 to 17 Monday to Friday, or known working hours. Nobody is contacted at work from here.',
    ),
    hours: hours(weekdays, '09:00', '17:00'),
  },
  {
    ...norm(
      'cap',
      'visit',
      'to-verify',
      `${guideline}, s. 5 y 7`,
      'Una visita al mes; número por verificar.',
      'One visit a month; number to verify.',
    ),
    cap: { max: 1, period: 'month' },
  },
  norm('consent', '', 'primary', 'Privacy Act 1988', 'Ley de privacidad.', 'Privacy Act.'),
  norm(
    'consent',
    'opt_out',
    'primary',
    guideline,
    'Se respetan los deseos razonables de hora.',
    'Reasonable wishes on time are respected.',
  ),
  norm(
    'third-parties',
    '',
    'primary',
    guideline,
    'Privacidad; también terceros tienen derecho a no ser contactados en exceso.',
    'Privacy; third parties too are entitled to be free from excessive contact.',
  ),
  norm(
    'content',
    'misleading',
    'to-verify',
    'ACL ss 18, 20-21, 50; ASIC Act 12DA, 12DJ',
    'Ni engaño, ni acoso o coacción, ni conducta abusiva.',
    'No misleading conduct, harassment, coercion or unconscionable conduct.',
  ),
  norm(
    'implication',
    'loss_aversion',
    'primary',
    guideline,
    'Ninguna consecuencia que no pueda o no vaya a ocurrir.',
    'No implied consequence that cannot or will not follow.',
  ),
  norm(
    'implication',
    'social_proof',
    'primary',
    'ACL s 18; ASIC Act 12DA',
    'Debe ser cierto.',
    'It must be true.',
  ),
];
