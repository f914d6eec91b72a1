// What every report is given.

/** First and last day or month, and the branch where the report has one. */
export interface ReportProps {
  query: { from: string; to: string; branch_id?: string | undefined }
}
