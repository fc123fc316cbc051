using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Domain;
using Crowd.GraphQL;
using Crowd.Marketplace.Accounts;
using Crowd.Marketplace.Workers;
using Microsoft.AspNetCore.Identity;

namespace Crowd.Api.Accounts;

/// <summary>A new key. The secret is shown only here.</summary>
/// <param name="Id">The key's id, for revoking it.</param>
/// <param name="Secret">To be sent as <c>Authorization: Bearer …</c>.</param>
[GraphQLName("NewApiKey")]
public sealed record NewApiKey(ApiKeyId Id, string Secret);

/// <summary>Signing up and in, keys, and roles of staff.</summary>
public static class AccountMutations
{
    /// <summary>Fewest characters of a password.</summary>
    public const int PasswordLength = 10;

    private const int MostPasswordLength = 200;
    private const int NameLength = 100;

    private static readonly PasswordHasher<string> Hasher = new();

    // Checked when there is no such account, so that the time of an answer does not tell whether there is.
    private static readonly string NobodysHash = Hasher.HashPassword("", Secrets.New());

    /// <summary>Makes an account and signs in.</summary>
    /// <param name="password">10 to 200 characters.</param>
    public static async Task<Me> SignUpAsync(
        string email, string password, string name, HttpContext http, IGrainFactory grains, IIdSource ids, Sessions sessions, SignInLimiter limiter, CancellationToken cancellationToken)
    {
        limiter.Count(http);
        var address = People.Normalise(email);
        if (string.IsNullOrWhiteSpace(name) || name.Length > NameLength)
            throw Refusals.Invalid($"Give a name of 1 to {NameLength} characters.");
        var person = (await grains.GetGrain<IAccountGrain>(Login.Of(address))
            .SignUpAsync(new(ids.Next<PersonId>(), address, name.Trim(), HashOf(password), Secrets.New()))).OrThrow();
        await sessions.BeginAsync(http, person, cancellationToken);
        return new(person, name.Trim(), address, null, [], []);
    }

    /// <summary>Signs in: begins a session in a cookie.</summary>
    public static async Task<Me> SignInAsync(
        string email, string password, HttpContext http, Reads reads, Sessions sessions, SignInLimiter limiter, CallerDirectory directory, CancellationToken cancellationToken)
    {
        limiter.Count(http);
        var person = await People.FindAsync(email, reads, cancellationToken);
        var valid = Hasher.VerifyHashedPassword("", person?.PasswordHash ?? NobodysHash, password) != PasswordVerificationResult.Failed;
        if (person is null || !valid)
            throw new GraphQLException("The e-mail address or the password is wrong.", "UNAUTHENTICATED");
        await sessions.BeginAsync(http, person.Id, cancellationToken);
        return new(person.Id, person.Name, person.Email, null, [], []);
    }

    /// <summary>Ends the session.</summary>
    public static async Task<bool> SignOutAsync(HttpContext http, Sessions sessions, CancellationToken cancellationToken)
    {
        await sessions.EndAsync(http, cancellationToken);
        return true;
    }

    /// <summary>Changes the caller's password and ends all sessions but a new one.</summary>
    public static async Task<bool> ChangePasswordAsync(
        string current, string password, HttpContext http, Caller caller, Reads reads, IGrainFactory grains, Sessions sessions, SignInLimiter limiter, CancellationToken cancellationToken)
    {
        limiter.Count(http);
        var person = await People.ByIdAsync(caller.RequirePerson(), reads, cancellationToken);
        if (Hasher.VerifyHashedPassword("", person.PasswordHash, current) == PasswordVerificationResult.Failed)
            throw new GraphQLException("The current password is wrong.", "UNAUTHENTICATED");
        (await grains.GetGrain<IAccountGrain>(person.Login).ChangePasswordAsync(HashOf(password), Secrets.New(), caller.Actor)).OrThrow();
        await sessions.EndAllAsync(person.Id, cancellationToken);
        await sessions.BeginAsync(http, person.Id, cancellationToken);
        return true;
    }

    /// <summary>Makes the caller a worker. A second time gives the same worker.</summary>
    public static async Task<WorkerId> BecomeWorkerAsync(Caller caller, IGrainFactory grains)
    {
        var person = caller.RequirePerson();
        return (await grains.GetGrain<IWorkerGrain>($"{WorkerId.Prefix}_{person.Body()}").RegisterAsync(person, caller.Actor)).OrThrow();
    }

    /// <summary>Makes a key for programs that act as the caller.</summary>
    /// <param name="name">What the key is for; 1 to 100 characters.</param>
    public static async Task<NewApiKey> CreateApiKeyAsync(string name, Caller caller, Reads reads, IGrainFactory grains, IIdSource ids, CancellationToken cancellationToken)
    {
        var person = await People.ByIdAsync(caller.RequirePerson(), reads, cancellationToken);
        var secret = Secrets.KeyPrefix + Secrets.New();
        var key = (await grains.GetGrain<IAccountGrain>(person.Login).CreateKeyAsync(ids.Next<ApiKeyId>(), name, Secrets.Hash(secret), caller.Actor)).OrThrow();
        return new(key, secret);
    }

    /// <summary>Makes one of the caller's keys invalid.</summary>
    public static async Task<bool> RevokeApiKeyAsync(ApiKeyId key, Caller caller, Reads reads, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var person = await People.ByIdAsync(caller.RequirePerson(), reads, cancellationToken);
        (await grains.GetGrain<IAccountGrain>(person.Login).RevokeKeyAsync(key, caller.Actor)).OrThrow();
        return true;
    }

    /// <summary>Gives the person with the address a role for the platform. For administrators.</summary>
    public static async Task<bool> GrantStaffRoleAsync(string email, StaffRole role, Caller caller, Reads reads, IGrainFactory grains, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator();
        var person = await People.ByEmailAsync(email, reads, cancellationToken);
        (await grains.GetGrain<IAccountGrain>(person.Login).GrantRoleAsync(role, caller.Actor)).OrThrow();
        return true;
    }

    /// <summary>Takes a role from the person with the address. For administrators.</summary>
    public static async Task<bool> RevokeStaffRoleAsync(string email, StaffRole role, Caller caller, Reads reads, IGrainFactory grains, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator();
        var person = await People.ByEmailAsync(email, reads, cancellationToken);
        if (person.Id == caller.Person && role == StaffRole.Administrator)
            throw Refusals.Invalid("Another administrator has to take your own role from you.");
        (await grains.GetGrain<IAccountGrain>(person.Login).RevokeRoleAsync(role, caller.Actor)).OrThrow();
        return true;
    }

    internal static string HashOf(string password) => password.Length is >= PasswordLength and <= MostPasswordLength
        ? Hasher.HashPassword("", password)
        : throw Refusals.Invalid($"Give a password of {PasswordLength} to {MostPasswordLength} characters.");
}
