import { ROW_SECURITY } from './row-security.mjs';

console.log(ROW_SECURITY);
