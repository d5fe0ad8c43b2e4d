import iconv from 'iconv-lite';

/** How a bank's extract is written; made by rule, so that figures can be checked. */
export interface Extract {
  accounts: number;
  /** Month ends, as 2025-01-31. */
  months: readonly string[];
}

const header =
  'NRO_CREDITO;CEDULA;NOMBRE_CLIENTE;TIPO_PERSONA;PAÍS;COD_PRODUCTO;FEC_DESEMBOLSO;VLR_DESEMBOLSO;FEC_CORTE;SALDO_CAPITAL;SALDO_VENCIDO;DÍAS_MORA;VLR_CUOTA;CIUDAD;CELULAR;CORREO;OBSERVACIÓN';
const cities = ['Bogotá', 'Medellín', 'Cúcuta', 'Ibagué'];
const products = ['TC', 'LIB', 'VEH'];

const dayFirst = (iso: string): string => iso.split('-').reverse().join('/');
/** 1234567.5 as 1.234.567,50. */
export const withComma = (amount: number): string => {
  const [whole = '', cents = ''] = amount.toFixed(2).split('.');
  return `${whole.replaceAll(/\B(?=(\d{3})+(?!\d))/g, '.')},${cents}`;
};

export const daysLate = (account: number, month: number): number =>
  account % 4 === 0 ? 30 * ((account + month) % 4) : 0;
export const balanceOf = (account: number, month: number): number =>
  1_000_000 + account * 1234.5 - month * 10_000;

/** The extract as text: one row for each account and month end, Spanish names, semicolons, decimal commas. */
export function extractText({ accounts, months }: Extract): string {
  const rows = months.flatMap((cut, month) =>
    Array.from({ length: accounts }, (_, i) => {
      const late = daysLate(i, month);
      const balance = balanceOf(i, month);
      return [
        `CR-${100_000 + i}`,
        String(10_000_000 + Math.floor(i / 2) * 37),
        `Persona Simulada ${Math.floor(i / 2)}`,
        i % 10 === 9 ? 'J' : 'N',
        'Colombia',
        products[i % 3],
        dayFirst(`20${20 + (i % 4)}-0${1 + (i % 9)}-${13 + (i % 15)}`),
        withComma(2_000_000 + i * 1000),
        dayFirst(cut),
        withComma(balance),
        withComma(late ? balance / 10 : 0),
        String(late),
        withComma(150_000.25),
        cities[i % 4],
        `+57 300 ${String(1_000_000 + i).slice(0, 3)} ${String(1000 + (i % 9000))}`,
        `persona${i}@ejemplo.invalid`,
        i % 7 === 0 ? 'N/A' : 'año en gestión; "señor"',
      ]
        .map((value) => (/[;"]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : value))
        .join(';');
    }),
  );
  return `${header}\r\n${rows.join('\r\n')}\r\n`;
}

/** The same as a bank sends it: Latin-1. */
export const extractBytes = (extract: Extract): Buffer => iconv.encode(extractText(extract), 'windows-1252');
