/** Words of the account's page. */
import { defineWords } from '../web/i18n.ts';

export const accountWords = defineWords('account', {
  title: ['My account', '我的账户'],
  name: ['Name', '姓名'],
  signedInBy: ['Signed in with', '登录方式'],
  A: ['a passkey', '通行密钥'],
  B: ['this phone’s key', '本机密钥'],
  C: ['a one-time code', '验证码'],
  passkeys: ['Passkeys', '通行密钥'],
  passkeysNote: [
    'A passkey signs you in and signs your contracts. Add a second one, so that a lost phone does not lock you out.',
    '通行密钥用于登录和签署合同。建议添加第二把，以免手机丢失后无法登录。',
  ],
  noPasskeys: [
    'None yet. With one you sign in by a glance or a touch, and sign contracts with the strongest grade.',
    '还没有通行密钥。添加后可刷脸或按指纹登录，并以最高等级签署合同。',
  ],
  synced: ['Passkey, kept by your password manager', '通行密钥（由密码管理器同步）'],
  single: ['Passkey of one device', '通行密钥（仅限一台设备）'],
  securityKey: ['Security key', '安全密钥'],
  added: ['Added {{on}}', '{{on}} 添加'],
  used: ['last signed in {{on}}', '最近登录 {{on}}'],
  neverUsed: ['not used to sign in yet', '尚未用于登录'],
  add: ['Add another passkey', '添加通行密钥'],
  addWeak: [
    'To add one, sign in with a passkey first; or ask your supervisor to enrol you face to face.',
    '添加前请先用通行密钥登录，或请主管当面登记。',
  ],
  remove: ['Remove', '移除'],
  removePasskey: ['Remove the passkey of {{on}}', '移除 {{on}} 添加的通行密钥'],
  askPasskey: [
    'Remove this passkey? It signs nothing any more, and other browsers have to sign in again.',
    '移除后此密钥不能再登录或签署，其他浏览器需重新登录。确定移除吗？',
  ],
  askLast: [
    'This is your last passkey. Without another way in you will need an invitation or your supervisor to come back. Remove it?',
    '这是您最后一把通行密钥。移除后如无其他登录方式，须凭邀请或由主管重新登记。确定移除吗？',
  ],
  devices: ['Phones with a key of their own', '已登记的手机'],
  devicesNote: [
    'Such a phone signs in and clocks in without a passkey. Remove one that you no longer have.',
    '这些手机无需通行密钥即可登录和打卡。不再使用的请移除。',
  ],
  'by-passkey': ['bound with a passkey', '由通行密钥绑定'],
  'by-code': ['bound with a one-time code', '由验证码绑定'],
  'by-supervisor': ['enrolled face to face', '由主管当面登记'],
  removeDevice: ['Remove {{label}}', '移除 {{label}}'],
  askDevice: [
    'Remove this phone? What it has not sent yet will be refused, and other browsers have to sign in again.',
    '移除后，该手机未上传的打卡将被拒绝，其他浏览器需重新登录。确定移除吗？',
  ],
  signOut: ['Sign out everywhere', '全部退出登录'],
  signOutNote: ['On every phone and computer, this one, too.', '所有手机和电脑（含本机）都将退出。'],
});
