using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Domain;
using Crowd.Marketplace.Accounts;

namespace Crowd.Api.Accounts;

/// <summary>Makes the first administrator from the configuration, if there is no such account yet.</summary>
internal static class FirstAdministrator
{
    public static async Task MakeAsync(IServiceProvider services, ApiOptions options)
    {
        if (options.AdministratorEmail is null || options.AdministratorPassword is null)
            return;
        var address = People.Normalise(options.AdministratorEmail);
        var account = services.GetRequiredService<IGrainFactory>().GetGrain<IAccountGrain>(Login.Of(address));
        var person = services.GetRequiredService<IIdSource>().Next<PersonId>();
        var made = await account.SignUpAsync(new(person, address, "Administrator", AccountMutations.HashOf(options.AdministratorPassword), Secrets.New()));
        if (made.Accepted)
            (await account.GrantRoleAsync(StaffRole.Administrator, "system")).OrThrow();
    }
}
