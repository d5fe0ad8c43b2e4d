import type { Text } from '../../text/text.ts';

/** Whom each figure counts, in words. */
export const populations = {
  ageing: {
    es: 'Cuentas con saldo informado en cada mes, en su última fecha; el tramo es de días de mora, y las castigadas y cerradas van aparte. Las monedas no se suman.',
    en: 'Accounts with a snapshot in each month, on its last date; the bucket is of days past due, with charged-off and closed ones apart. Currencies are not added.',
  },
  rolls: {
    es: 'Cuentas con saldo informado el mes anterior; cada fila suma 1. Castigada y cerrada no tienen vuelta; sin dato en el mes es «salió de observación». Intervalos de Wilson al 95 %.',
    en: 'Accounts with a snapshot in the month before; each row adds up to 1. Charged off and closed are final; no row in the month is "left observation". Wilson intervals, 95 %.',
  },
} as const satisfies Record<string, Text>;
