import { fixed, fromEaster, type Holiday, holiday, nthWeekday, substituted } from '../holidays.ts';

const scotland = ['GB-SCT'];
const northernIreland = ['GB-NIR'];

/** Bank holidays of England and Wales for the whole, with those that Scotland and Northern Ireland have besides. */
export const unitedKingdom: Holiday[] = [
  holiday('Año Nuevo', 'New Year’s Day', substituted('01-01')),
  holiday('2 de enero', '2 January', (year) => substituted('01-01', '01-02')(year).slice(1), scotland),
  holiday('San Patricio', 'Saint Patrick', substituted('03-17'), northernIreland),
  holiday('Viernes Santo', 'Good Friday', fromEaster(-2)),
  holiday('Lunes de Pascua', 'Easter Monday', fromEaster(1)),
  holiday('Primero de mayo', 'Early May bank holiday', nthWeekday(5, 1, 1)),
  holiday('Festivo de primavera', 'Spring bank holiday', nthWeekday(5, 1, 0)),
  holiday('Batalla del Boyne', 'Battle of the Boyne', substituted('07-12'), northernIreland),
  holiday('Festivo de agosto', 'August bank holiday', nthWeekday(8, 1, 1), scotland),
  holiday('Festivo de verano', 'Summer bank holiday', nthWeekday(8, 1, 0)),
  holiday('San Andrés', 'Saint Andrew', substituted('11-30'), scotland),
  holiday('Navidad', 'Christmas Day', fixed('12-25')),
  holiday('San Esteban', 'Boxing Day', fixed('12-26')),
  holiday('Navidad (trasladada)', 'Christmas and Boxing Day (substitute)', substituted('12-25', '12-26')),
];
