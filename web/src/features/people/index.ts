import { type Feature, screen } from '../feature.ts';
import Keeping from './keeping/Keeping.svelte';
import People from './People.svelte';
import Person from './Person.svelte';

const people: Feature = {
  title: { es: 'Personas', en: 'People' },
  order: 25,
  screens: [screen('/people', People), screen('/people/:id', Person), screen('/keeping', Keeping)],
};

export default people;
