-- Claim feeds that are due: whoever is given one polls it, nobody else until the lease ends.
--
-- A claimed slot is due again when its lease ends, so the work of a poller that died is taken over. A host's
-- limits hold over all pollers; a feed that must wait for its host is due again when that may have room.
-- What is written for many feeds is written by one command, which is what a claim costs.
--
-- KEYS  slots by when due, claims, hosts, feed states
-- ARGV  how many at most, milliseconds of a lease; then for each host with limits of its own, the first time
--       for all others (""): its name, how many polls at once, milliseconds between its requests
-- Returns milliseconds until the next slot is due (-1: none is), and for each claim: slot, epoch, state ("")
local call, find, sub, match = redis.call, string.find, string.sub, string.match
local due, claims, hosts, states = unpack(KEYS)
local most, lease = tonumber(ARGV[1]), tonumber(ARGV[2])
local WAIT = 200 -- for a host that has no room; about as long as a poll takes

local time = call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function text(number) return string.format('%.0f', number) end

local limits = {}
for i = 3, #ARGV, 3 do limits[ARGV[i]] = {tonumber(ARGV[i + 1]), tonumber(ARGV[i + 2])} end

-- How many polls of a host are under way, and the newest epoch of all.
local busy, newest = {}, 0
local claimed = most > 0 and call('HGETALL', claims) or {}
for i = 1, #claimed, 2 do
  local slot, claim = claimed[i], claimed[i + 1]
  if slot == '' then
    newest = tonumber(claim)
  elseif tonumber(sub(claim, find(claim, ' ', 1, true) + 1)) > now then
    local host = match(slot, '^%S+')
    busy[host] = (busy[host] or 0) + 1
  end
end

local free = {}
local function free_at(host, gap)
  if gap == 0 then return 0 end
  free[host] = free[host] or tonumber(call('HGET', hosts, host) or 0)
  return free[host]
end

local ends = text(now + lease)
local given, later, names, reply, pushed = {}, {}, {}, {}, {}
local function postpone(slot, when)
  later[#later + 1] = when
  later[#later + 1] = slot
end

local waiting = most > 0 and call('ZRANGEBYSCORE', due, '-inf', text(now), 'LIMIT', 0, most * 4) or {}
for _, slot in ipairs(waiting) do
  if #names == most then break end
  local host, feed = match(slot, '^(%S+) (.+)$')
  local at_once, gap = unpack(limits[host] or limits[''])
  local turns = pushed[host] or 0
  if free_at(host, gap) > now then
    postpone(slot, text(free[host] + turns * gap))
    pushed[host] = turns + 1
  elseif (busy[host] or 0) >= at_once then
    postpone(slot, text(now + WAIT * (1 + math.floor(turns / at_once))))
    pushed[host] = turns + 1
  else
    newest = newest + 1
    local epoch, n = text(newest), #names
    given[2 * n + 1], given[2 * n + 2] = slot, epoch .. ' ' .. ends
    reply[3 * n + 1], reply[3 * n + 2] = slot, epoch
    names[n + 1] = feed
    postpone(slot, ends)
    if gap > 0 then
      free[host] = now + gap
      call('HSET', hosts, host, text(free[host]))
    end
    busy[host] = (busy[host] or 0) + 1
  end
end
if #later > 0 then call('ZADD', due, unpack(later)) end
if #names > 0 then
  call('HSET', claims, '', text(newest), unpack(given))
  for n, state in ipairs(call('HMGET', states, unpack(names))) do reply[3 * n] = state or '' end
end
local first = call('ZRANGE', due, 0, 0, 'WITHSCORES')[2]
local wait = -1
if first and first ~= 'inf' then wait = math.max(0, tonumber(first) - now) end
return {wait, reply}
