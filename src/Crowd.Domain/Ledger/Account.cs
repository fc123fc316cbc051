namespace Crowd.Domain;

/// <summary>
/// The accounts. Their balance is credits less debits. <see cref="Provider"/> and <see cref="InDispute"/> are the platform's assets, so their balance is what lies there
/// with the sign turned. Negative may also be what the platform bears (<see cref="Appeals"/>, <see cref="Processing"/>, <see cref="Owner"/>) and what is owed to it: a
/// requester's or worker's debt has an account of its own, so that no other account is ever negative.
/// </summary>
public static class Account
{
    /// <summary>Fees earned.</summary>
    public const string Fees = "platform:fees";

    /// <summary>What the platform paid for upheld appeals after a job's escrow went back.</summary>
    public const string Appeals = "platform:appeals";

    /// <summary>Money that lies with the payment provider.</summary>
    public const string Provider = "platform:provider";

    /// <summary>Money that the provider took because of disputes that are not settled.</summary>
    public const string InDispute = "platform:in-dispute";

    /// <summary>What the provider kept as its fees.</summary>
    public const string Processing = "platform:processing";

    /// <summary>What the platform took out of the provider to its own bank, less what it put in.</summary>
    public const string Owner = "platform:owner";

    private const string OwedPrefix = "owed:";

    public static string Available(RequesterId requester) => $"requester:{requester.Value}";

    public static string Escrow(JobId job) => $"escrow:{job.Value}";

    public static string Earned(WorkerId worker) => $"worker:{worker.Value}";

    public static string InTransit(PayoutId payout) => $"payout:{payout.Value}";

    public static string InTransit(RefundId refund) => $"refund:{refund.Value}";

    /// <summary>What is held because of a dispute, by the provider's id of it.</summary>
    public static string Disputed(string dispute) => $"dispute:{dispute}";

    /// <summary>What the requester owes after a dispute: negative or zero.</summary>
    public static string Owed(RequesterId requester) => OwedPrefix + requester.Value;

    /// <summary>What the worker owes: negative or zero.</summary>
    public static string Owed(WorkerId worker) => OwedPrefix + worker.Value;

    /// <summary>Whether the name is that of an account of the platform itself.</summary>
    public static bool IsPlatform(string account) => account is Fees or Appeals or Provider or InDispute or Processing or Owner;

    /// <summary>Whether the balance (credits less debits) may be negative.</summary>
    public static bool MayBeNegative(string account) =>
        account is Appeals or Provider or InDispute or Processing or Owner || account.StartsWith(OwedPrefix, StringComparison.Ordinal);
}
