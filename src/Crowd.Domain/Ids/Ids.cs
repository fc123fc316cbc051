using System.Text.Json.Serialization;

namespace Crowd.Domain;

/// <summary>A person who can sign in.</summary>
[JsonConverter(typeof(IdConverter<PersonId>))]
public readonly record struct PersonId : IId<PersonId>
{
    private PersonId(string value) => Value = value;

    public static string Prefix => "per";

    public string Value { get; }

    public static PersonId From(string value) => new(value);

    public override string ToString() => Value ?? "";
}

/// <summary>An organisation that posts jobs and pays.</summary>
[JsonConverter(typeof(IdConverter<RequesterId>))]
public readonly record struct RequesterId : IId<RequesterId>
{
    private RequesterId(string value) => Value = value;

    public static string Prefix => "req";

    public string Value { get; }

    public static RequesterId From(string value) => new(value);

    public override string ToString() => Value ?? "";
}

/// <summary>A worker; the body is the person's.</summary>
[JsonConverter(typeof(IdConverter<WorkerId>))]
public readonly record struct WorkerId : IId<WorkerId>
{
    private WorkerId(string value) => Value = value;

    public static string Prefix => "wrk";

    public string Value { get; }

    public static WorkerId From(string value) => new(value);

    public override string ToString() => Value ?? "";
}

/// <summary>A job.</summary>
[JsonConverter(typeof(IdConverter<JobId>))]
public readonly record struct JobId : IId<JobId>
{
    private JobId(string value) => Value = value;

    public static string Prefix => "job";

    public string Value { get; }

    public static JobId From(string value) => new(value);

    public override string ToString() => Value ?? "";
}

/// <summary>A task.</summary>
[JsonConverter(typeof(IdConverter<TaskId>))]
public readonly record struct TaskId : IId<TaskId>
{
    private TaskId(string value) => Value = value;

    public static string Prefix => "task";

    public string Value { get; }

    public static TaskId From(string value) => new(value);

    public override string ToString() => Value ?? "";
}

/// <summary>A qualification test.</summary>
[JsonConverter(typeof(IdConverter<ExamId>))]
public readonly record struct ExamId : IId<ExamId>
{
    private ExamId(string value) => Value = value;

    public static string Prefix => "exam";

    public string Value { get; }

    public static ExamId From(string value) => new(value);

    public override string ToString() => Value ?? "";
}

/// <summary>A payout; also its idempotency key at the provider.</summary>
[JsonConverter(typeof(IdConverter<PayoutId>))]
public readonly record struct PayoutId : IId<PayoutId>
{
    private PayoutId(string value) => Value = value;

    public static string Prefix => "pay";

    public string Value { get; }

    public static PayoutId From(string value) => new(value);

    public override string ToString() => Value ?? "";
}

/// <summary>An API key; not its secret.</summary>
[JsonConverter(typeof(IdConverter<ApiKeyId>))]
public readonly record struct ApiKeyId : IId<ApiKeyId>
{
    private ApiKeyId(string value) => Value = value;

    public static string Prefix => "key";

    public string Value { get; }

    public static ApiKeyId From(string value) => new(value);

    public override string ToString() => Value ?? "";
}

/// <summary>Funds put aside for a job once.</summary>
[JsonConverter(typeof(IdConverter<HoldId>))]
public readonly record struct HoldId : IId<HoldId>
{
    private HoldId(string value) => Value = value;

    public static string Prefix => "hold";

    public string Value { get; }

    public static HoldId From(string value) => new(value);

    public override string ToString() => Value ?? "";
}

/// <summary>Money that a requester paid in.</summary>
[JsonConverter(typeof(IdConverter<TopUpId>))]
public readonly record struct TopUpId : IId<TopUpId>
{
    private TopUpId(string value) => Value = value;

    public static string Prefix => "top";

    public string Value { get; }

    public static TopUpId From(string value) => new(value);

    public override string ToString() => Value ?? "";
}

/// <summary>A refund of a top-up; also its idempotency key at the provider.</summary>
[JsonConverter(typeof(IdConverter<RefundId>))]
public readonly record struct RefundId : IId<RefundId>
{
    private RefundId(string value) => Value = value;

    public static string Prefix => "rfd";

    public string Value { get; }

    public static RefundId From(string value) => new(value);

    public override string ToString() => Value ?? "";
}

/// <summary>A bonus that a requester pays a worker.</summary>
[JsonConverter(typeof(IdConverter<BonusId>))]
public readonly record struct BonusId : IId<BonusId>
{
    private BonusId(string value) => Value = value;

    public static string Prefix => "bon";

    public string Value { get; }

    public static BonusId From(string value) => new(value);

    public override string ToString() => Value ?? "";
}

/// <summary>Where an organisation is told of events.</summary>
[JsonConverter(typeof(IdConverter<WebhookId>))]
public readonly record struct WebhookId : IId<WebhookId>
{
    private WebhookId(string value) => Value = value;

    public static string Prefix => "hook";

    public string Value { get; }

    public static WebhookId From(string value) => new(value);

    public override string ToString() => Value ?? "";
}
