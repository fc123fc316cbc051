using System.Text.Json.Serialization.Metadata;
using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Log;
using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Accounts;

/// <inheritdoc cref="IAccountGrain"/>
internal sealed class AccountGrain(EventLog log) : EventSourcedGrain<AccountState, AccountEvent>(log), IAccountGrain
{
    protected override AccountState Initial => new();

    protected override JsonTypeInfo<AccountState> StateJson => DomainJson.Default.AccountState;

    public async Task<Outcome<PersonId>> SignUpAsync(NewPerson person)
    {
        if (State.Exists)
            return Reject.With(RejectionCode.AlreadyExists, "There is an account with this e-mail address: sign in.");
        var now = Log.Now;
        var row = RowChange.Put(PeopleTable.Table, [person.Id.Value],
            PeopleTable.Login.Set(Stream),
            PeopleTable.Email.Set(person.Email),
            PeopleTable.Name.Set(person.Name),
            PeopleTable.PasswordHash.Set(person.PasswordHash),
            PeopleTable.Stamp.Set(person.Stamp),
            PeopleTable.CreatedAt.Set(now));
        await CommitAsync([new AccountEvent.SignedUp { Person = person.Id }], person.Id.Value, now, [row]);
        return person.Id;
    }

    public async Task<Outcome<Done>> ChangePasswordAsync(string passwordHash, string stamp, string actor)
    {
        if (!State.Exists)
            return Reject.NotFound("such account");
        var row = RowChange.Put(PeopleTable.Table, [State.Person.Value], PeopleTable.PasswordHash.Set(passwordHash), PeopleTable.Stamp.Set(stamp));
        await CommitAsync([new AccountEvent.PasswordChanged { Person = State.Person }], actor, Log.Now, [row]);
        return default(Done);
    }

    public async Task<Outcome<Done>> GrantRoleAsync(StaffRole role, string actor)
    {
        if (!State.Exists)
            return Reject.NotFound("such account");
        if (!State.Roles.Contains(role))
            await CommitAsync([new AccountEvent.StaffRoleGranted { Person = State.Person, Role = role }], actor, Log.Now);
        return default(Done);
    }

    public async Task<Outcome<Done>> RevokeRoleAsync(StaffRole role, string actor)
    {
        if (!State.Exists)
            return Reject.NotFound("such account");
        if (State.Roles.Contains(role))
            await CommitAsync([new AccountEvent.StaffRoleRevoked { Person = State.Person, Role = role }], actor, Log.Now);
        return default(Done);
    }

    public async Task<Outcome<ApiKeyId>> CreateKeyAsync(ApiKeyId key, string name, string secretHash, string actor)
    {
        if (!State.Exists)
            return Reject.NotFound("such account");
        if (string.IsNullOrWhiteSpace(name) || name.Length > 100)
            return Reject.Invalid([new("name", "length", "give 1 to 100 characters.")]);
        if (State.Keys.Count >= AccountState.KeyLimit)
            return Reject.With(RejectionCode.LimitExceeded, $"An account has at most {AccountState.KeyLimit} keys: revoke one first.");
        var now = Log.Now;
        var row = RowChange.Put(ApiKeysTable.Table, [secretHash],
            ApiKeysTable.KeyId.Set(key.Value),
            ApiKeysTable.PersonId.Set(State.Person.Value),
            ApiKeysTable.Name.Set(name),
            ApiKeysTable.CreatedAt.Set(now));
        await CommitAsync([new AccountEvent.ApiKeyCreated { Key = key, Person = State.Person, Name = name }], actor, now, [row]);
        return key;
    }

    public async Task<Outcome<Done>> RevokeKeyAsync(ApiKeyId key, string actor)
    {
        if (!State.Exists)
            return Reject.NotFound("such account");
        var rows = await Log.Journal.ReadRowsAsync(
            new(ApiKeysTable.Table) { Where = [("person_id", State.Person.Value), ("key_id", key.Value)] }, CancellationToken.None);
        if (rows.Count == 0)
            return Reject.NotFound("such key of yours");
        if (!State.Keys.ContainsKey(key))
            return default(Done);
        var now = Log.Now;
        await CommitAsync([new AccountEvent.ApiKeyRevoked { Key = key, Person = State.Person }], actor, now,
            [.. rows.Select(r => RowChange.Put(ApiKeysTable.Table, [r.Key[0]], ApiKeysTable.RevokedAt.Set(now)))]);
        return default(Done);
    }

    protected override AccountState Apply(AccountState state, AccountEvent e, DateTimeOffset at) => state.Apply(e);
}
