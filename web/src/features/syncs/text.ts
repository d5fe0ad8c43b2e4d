import { useText } from '../../i18n/language.svelte.ts';
import en from './en.json';
import es from './es.json';

export const useSyncText = () => useText({ es, en });
