using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Crowd.Domain;

/// <summary>What can happen to a sign-in account. E-mail addresses, names, passwords and keys stand beside the log, never in it.</summary>
public abstract record AccountEvent : DomainEvent
{
    private AccountEvent() { }

    /// <summary>A person signed up. The stream is named after a hash of the address, so that an address has one account.</summary>
    public sealed record SignedUp : AccountEvent
    {
        public required PersonId Person { get; init; }
    }

    /// <summary>The password was changed; sessions from before are no longer valid.</summary>
    public sealed record PasswordChanged : AccountEvent
    {
        public required PersonId Person { get; init; }
    }

    public sealed record StaffRoleGranted : AccountEvent
    {
        public required PersonId Person { get; init; }

        public required StaffRole Role { get; init; }
    }

    public sealed record StaffRoleRevoked : AccountEvent
    {
        public required PersonId Person { get; init; }

        public required StaffRole Role { get; init; }
    }

    /// <summary>A key for programs was made.</summary>
    public sealed record ApiKeyCreated : AccountEvent
    {
        public required ApiKeyId Key { get; init; }

        public required PersonId Person { get; init; }

        public required string Name { get; init; }
    }

    public sealed record ApiKeyRevoked : AccountEvent
    {
        public required ApiKeyId Key { get; init; }

        public required PersonId Person { get; init; }
    }
}

/// <summary>What a person may do for the platform.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StaffRole>))]
public enum StaffRole
{
    /// <summary>Adjusts reliability, adjudicates, handles appeals.</summary>
    QualityManager,

    /// <summary>May do everything.</summary>
    Administrator,
}

/// <summary>An account as its events make it.</summary>
public sealed record AccountState
{
    /// <summary>Most live keys of one account.</summary>
    public const int KeyLimit = 20;

    public PersonId Person { get; init; }

    public ImmutableHashSet<StaffRole> Roles { get; init; } = [];

    public ImmutableDictionary<ApiKeyId, string> Keys { get; init; } = ImmutableDictionary<ApiKeyId, string>.Empty;

    /// <summary>True once signed up.</summary>
    [JsonIgnore]
    public bool Exists => Person != default;

    /// <summary>The state after the event.</summary>
    public AccountState Apply(AccountEvent e) => e switch
    {
        AccountEvent.SignedUp s => this with { Person = s.Person },
        AccountEvent.PasswordChanged => this,
        AccountEvent.StaffRoleGranted r => this with { Roles = Roles.Add(r.Role) },
        AccountEvent.StaffRoleRevoked r => this with { Roles = Roles.Remove(r.Role) },
        AccountEvent.ApiKeyCreated k => this with { Keys = Keys.SetItem(k.Key, k.Name) },
        AccountEvent.ApiKeyRevoked k => this with { Keys = Keys.Remove(k.Key) },
        _ => throw new InvalidOperationException($"An account does not know {e.GetType().Name}."),
    };
}
