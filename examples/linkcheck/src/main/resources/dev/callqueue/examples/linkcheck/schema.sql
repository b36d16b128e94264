-- Where the check began: what was given on the command line, and where its pages are.
create table site (
    number integer primary key,
    input text not null unique,
    origin text not null,
    start text not null
);

-- Everything that links lead to, each once. Row 0 stands for the command line, which links to where the check begins.
create table target (
    id integer primary key,         -- rises in the order of discovery, so that pages near the start come first
    url text not null unique,       -- normalised, without fragment; the raw text of what is no URL
    depth integer not null,
    kind text not null,             -- SITE, EDGE or SKIPPED
    hops integer not null,          -- redirects that led here
    done integer not null,
    status integer,
    problem text,                   -- why links to this target are broken
    warning text,
    leads_to integer,               -- the end of the chain of redirects, as far as it is known
    page integer not null default 0, -- whether it was parsed, so that its anchors are known
    attempts integer,
    consumer text,
    started integer,                -- nanoseconds since the check began
    took integer
);
create index target_leads_to on target (leads_to) where leads_to is not null;

-- Each link once per page that has it.
create table link (
    page integer not null,
    target integer not null,
    fragment text not null,         -- as in the page
    anchor text,                    -- what the fragment names, decoded; null if it is always there
    primary key (page, target, fragment)
) without rowid;
create index link_target on link (target);

create table anchor (
    page integer not null,
    name text not null,
    primary key (page, name)
) without rowid;




create view broken_link as
select
    link.page as page_id,
    link.target as target_id,
    page.url as page,
    target.url || iif(link.fragment = '', '', '#' || link.fragment) as link,
    iif(last.problem is null, 'no anchor ' || link.anchor,
        last.problem || iif(last.id = target.id, '', ' (redirected to ' || last.url || ')')) as problem
from link
join target on target.id = link.target
join target as last on last.id = coalesce(target.leads_to, target.id)
join target as page on page.id = link.page
where last.problem is not null
    or last.page and link.anchor is not null and not exists (
        select 1 from anchor where anchor.page = last.id and anchor.name in (link.anchor, link.fragment));
