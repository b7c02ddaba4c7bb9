import { edge, line } from './expected-columns';

/** The rows of cells that many fields have in common. */
//                       N BTVC MPA tmp w0
export const everyone = line('  + ++++ +++ +++ ++');
export const member = line('    - ++++ +++ +++ ++');
export const view = (settings = '') => line('- --++ +++ +++ --', `clientView ${settings}`);
export const inside = line('    - ---- +++ -++ --', 'role:MEMBER clientView');
export const manager = line('   - ---- -++ --+ --', 'managesProject');
export const admin = line('     - ---- --+ --- --', 'role:ADMIN');
export const keepsBook = line(' - ---- -++ --+ --', 'role:MANAGER');
export const costs = line('     - ---+ --+ +++ --', 'internalCosts financials:SUMMARY');
export const mine = line('      + ++++ +++ +++ ++');
/** Team members see bill rates and amounts by task where the workspace says so; here it does not. */
export const rates = (settings: string, team = 'clientView membersSeeBillRates') =>
  line('- --++ -++ +-+ --', `clientView ${settings}`, { team });
/** For clients by the setting; inside for those who bill. */
export const bills = (settings: string) =>
  line('- --++ -++ +-+ --', `clientView ${settings}`, { team: 'managesProject' });
export const billsInside = line('- ---- -++ --+ --', 'role:MEMBER managesProject', { team: 'managesProject' });
export const shownPerson = (settings: string) => edge('- --++ +++ +++ +-', `clientView ${settings}`);
