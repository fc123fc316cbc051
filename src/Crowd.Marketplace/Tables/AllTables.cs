using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>Every table of the marketplace.</summary>
public static class AllTables
{
    public static readonly IReadOnlyList<Table> List =
    [
        JobsTable.Table,
        TasksTable.Table,
        AssignmentsTable.Table,
        JobMinutesTable.Table,
        JobTalliesTable.Table,
        ReviewsTable.Table,
        AppealsTable.Table,
        PredictionsTable.Table,
        ModelsTable.Table,
        DecisionsTable.Table,
        LoopsTable.Table,
        AlertRulesTable.Table,
        AlertsTable.Table,
        GoldTable.Table,
        DisagreementsTable.Table,
        WorkersTable.Table,
        QualificationsTable.Table,
        ExamsTable.Table,
        ExamRecordsTable.Table,
        ReportsTable.Table,
        ReliabilityTable.Table,
        RequestersTable.Table,
        MembersTable.Table,
        AccountsTable.Table,
        TransfersTable.Table,
        PayoutsTable.Table,
        TopUpsTable.Table,
        RefundsTable.Table,
        DisputesTable.Table,
        BonusesTable.Table,
        InboxTable.Table,
        ProviderBooksTable.Table,
        MovementsTable.Table,
        MessagesTable.Table,
        StaffRolesTable.Table,
        PeopleTable.Table,
        ApiKeysTable.Table,
        InputsTable.Table,
        SessionsTable.Table,
        WebhooksTable.Table,
        WebhookSecretsTable.Table,
        DeliveriesTable.Table,
        SecretsTable.Table,
    ];
}
