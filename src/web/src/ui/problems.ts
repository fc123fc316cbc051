/** What workers may say is wrong with a task. */
export const problemNames: Record<'BROKEN' | 'UNCLEAR' | 'NO_ANSWER_FITS' | 'HARMFUL' | 'PERSONAL_DATA' | 'OTHER', string> = {
  BROKEN: 'Something does not load or cannot be read',
  UNCLEAR: 'The instructions do not say what to do here',
  NO_ANSWER_FITS: 'No answer that can be given is right',
  HARMFUL: 'It is offensive, illegal or distressing',
  PERSONAL_DATA: 'It shows personal data that should not be there',
  OTHER: 'Something else',
}
