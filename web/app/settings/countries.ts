// The countries that a business can choose: those of the region first, then the others by code.

const REGION = [
  'SA',
  'AE',
  'KW',
  'BH',
  'QA',
  'OM',
  'JO',
  'EG',
  'IQ',
  'LB',
  'MA',
  'TN',
  'DZ',
  'YE',
  'SY',
  'PS',
  'SD',
  'LY',
]

const OTHERS = [
  'TR',
  'PK',
  'IN',
  'BD',
  'ID',
  'MY',
  'GB',
  'US',
  'CA',
  'DE',
  'FR',
  'ES',
  'IT',
  'NL',
  'AU',
  'ZA',
  'KE',
  'NG',
]

export const COUNTRIES: readonly string[] = [...REGION, ...OTHERS]
