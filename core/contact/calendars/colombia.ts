import { fixed, fromEaster, type Holiday, holiday, moved, nextMonday } from '../holidays.ts';

const emiliani = (day: string) => moved(nextMonday, day);

/** Law 51 of 1983 ("Emiliani"): some days stay where they are, others move to the Monday after. */
export const colombia: Holiday[] = [
  holiday('Año Nuevo', 'New Year’s Day', fixed('01-01')),
  holiday('Reyes Magos', 'Epiphany', emiliani('01-06')),
  holiday('San José', 'Saint Joseph', emiliani('03-19')),
  holiday('Jueves Santo', 'Maundy Thursday', fromEaster(-3)),
  holiday('Viernes Santo', 'Good Friday', fromEaster(-2)),
  holiday('Día del Trabajo', 'Labour Day', fixed('05-01')),
  holiday('Ascensión', 'Ascension', fromEaster(43)),
  holiday('Corpus Christi', 'Corpus Christi', fromEaster(64)),
  holiday('Sagrado Corazón', 'Sacred Heart', fromEaster(71)),
  holiday('San Pedro y San Pablo', 'Saints Peter and Paul', emiliani('06-29')),
  holiday('Independencia', 'Independence Day', fixed('07-20')),
  holiday('Batalla de Boyacá', 'Battle of Boyacá', fixed('08-07')),
  holiday('Asunción', 'Assumption', emiliani('08-15')),
  holiday('Día de la Raza', 'Columbus Day', emiliani('10-12')),
  holiday('Todos los Santos', 'All Saints', emiliani('11-01')),
  holiday('Independencia de Cartagena', 'Independence of Cartagena', emiliani('11-11')),
  holiday('Inmaculada Concepción', 'Immaculate Conception', fixed('12-08')),
  holiday('Navidad', 'Christmas Day', fixed('12-25')),
];
